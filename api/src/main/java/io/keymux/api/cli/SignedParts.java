package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Value;
import io.keymux.cpix.signature.SignedPart;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Parts of a document as options name them: {@code content-keys}. */
final class SignedParts {
  static final String NAMES =
      "delivery-data, content-keys, drm-systems, key-periods, usage-rules, update-history, document";

  private SignedParts() {}

  static Set<SignedPart> of(List<Value> values) {
    Set<SignedPart> parts = EnumSet.noneOf(SignedPart.class);
    String[] names =
        Arrays.stream(SignedPart.values()).map(SignedParts::name).toArray(String[]::new);
    for (Value value : values) {
      String name = Converters.oneOf(value, names);
      parts.add(SignedPart.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_')));
    }
    return parts;
  }

  static String name(SignedPart part) {
    return part.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
