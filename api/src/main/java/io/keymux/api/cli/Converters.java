package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Value;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads the values of options; a value that is refused says which ones are not. */
final class Converters {
  private Converters() {}

  static DrmSystem system(Value value) {
    return system(value, value.text());
  }

  /**
   * @param id a part of the value
   */
  static DrmSystem system(Value value, String id) {
    try {
      return DrmSystem.ofId(id);
    } catch (DrmException e) {
      throw value.refused(e.problem() + " " + e.remedy());
    }
  }

  static ProtectionScheme scheme(Value value) {
    for (ProtectionScheme scheme : ProtectionScheme.values()) {
      if (scheme.fourCc().equals(value.text())) {
        return scheme;
      }
    }
    throw unsupported(
        value, Arrays.stream(ProtectionScheme.values()).map(ProtectionScheme::fourCc).toList());
  }

  static KeyRule rule(Value value) {
    try {
      return KeyRule.ofId(value.text());
    } catch (DrmException e) {
      throw value.refused(e.problem() + " " + e.remedy());
    }
  }

  static OutputFormat format(Value value) {
    List<String> choices = new ArrayList<>();
    for (OutputFormat format : OutputFormat.values()) {
      if (format.id().equals(value.text())) {
        return format;
      }
      choices.add(format.id());
    }
    throw unsupported(value, choices);
  }

  static Layout layout(Value value) {
    List<String> choices = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      String name = layout.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (name.equals(value.text())) {
        return layout;
      }
      choices.add(name);
    }
    throw unsupported(value, choices);
  }

  static VerifyLevel verify(Value value) {
    List<String> choices = new ArrayList<>();
    for (VerifyLevel level : VerifyLevel.values()) {
      if (level.id().equals(value.text())) {
        return level;
      }
      choices.add(level.id());
    }
    throw unsupported(value, choices);
  }

  static Bytes iv(Value value) {
    if (!value.text().matches("[0-9a-fA-F]{16}|[0-9a-fA-F]{32}")) {
      throw value.refused("An IV has 16 or 32 hex digits.");
    }
    return Bytes.ofHex(value.text());
  }

  /** One of the texts. */
  static String oneOf(Value value, String... choices) {
    for (String choice : choices) {
      if (choice.equals(value.text())) {
        return choice;
      }
    }
    throw unsupported(value, List.of(choices));
  }

  private static DrmException unsupported(Value value, List<String> choices) {
    return value.refused(
        "\"%s\" is not supported; choose %s."
            .formatted(value.text(), String.join(" or ", choices)));
  }
}
