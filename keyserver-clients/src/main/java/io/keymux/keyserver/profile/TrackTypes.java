package io.keymux.keyserver.profile;

import io.keymux.keyserver.answer.TrackTypeNames;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the section {@code trackTypes}: what a key server calls track types. */
final class TrackTypes {
  private TrackTypes() {}

  static TrackTypeNames of(ProfileFields section) {
    List<String> known = section.texts("known");
    return new TrackTypeNames(
        section.map("names"), known == null ? Set.of() : new LinkedHashSet<>(known));
  }

  /** What the account says goes before what the protocol knows. */
  static TrackTypeNames over(TrackTypeNames account, TrackTypeNames usual) {
    Map<String, String> names = new LinkedHashMap<>(usual.names());
    names.putAll(account.names());
    return new TrackTypeNames(names, account.known().isEmpty() ? usual.known() : account.known());
  }
}
