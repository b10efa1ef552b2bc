package io.keymux.packager.hls;

import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.TrackRole;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The NAME of a rendition: what the job says, else the language in English, as players show it, and
 * its role. The same in every group, unique in each.
 */
final class RenditionName {
  private RenditionName() {}

  /**
   * Names by choice.
   *
   * @param unknown the name of a rendition without a language
   */
  static Map<RenditionChoice, String> of(List<PackagedTrack> renditions, String unknown) {
    Map<RenditionChoice, String> names = new LinkedHashMap<>();
    for (PackagedTrack rendition : renditions) {
      RenditionChoice choice = RenditionChoice.of(rendition);
      names.put(choice, choice.name() == null ? display(choice, unknown) : choice.name());
    }
    Collection<String> all = List.copyOf(names.values());
    Set<String> taken = new HashSet<>();
    names.replaceAll(
        (choice, name) -> {
          boolean alone = all.stream().filter(name::equals).count() == 1;
          return unique(alone ? name : name + " (" + choice.language() + ")", taken);
        });
    return names;
  }

  private static String unique(String name, Set<String> taken) {
    String unique = name;
    for (int n = 2; !taken.add(unique); n++) {
      unique = name + " " + n;
    }
    return unique;
  }

  private static String display(RenditionChoice choice, String unknown) {
    String language = choice.language();
    String name = unknown;
    if (!language.equals("und")) {
      String english = Locale.forLanguageTag(language).getDisplayName(Locale.ENGLISH);
      name = english.isEmpty() ? language : english;
    }
    String role =
        choice.roles().stream()
            .filter(r -> r != TrackRole.MAIN && r != TrackRole.SUBTITLE)
            .findFirst()
            .map(r -> r.id().replace('-', ' '))
            .orElse("");
    return role.isEmpty() ? name : name + ", " + role;
  }
}
