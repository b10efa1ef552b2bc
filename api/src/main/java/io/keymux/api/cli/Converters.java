package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Value;
import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.input.SegmentPattern;
import io.keymux.packager.input.SegmentPlaylist;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.OutputFormat;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PlaybackPolicy;
import io.keymux.packager.media.Selection;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the values of options; a value that is refused says which ones are not. */
final class Converters {
  private static final String LABEL = "label=";
  private static final String LANGUAGE = "language=";
  private static final String SEGMENTS = "segments=";

  private Converters() {}

  /** A path, with what the user says about it after commas. */
  static JobInput input(Value value) {
    String path = value.text();
    if (path.isEmpty()) {
      throw value.refused("An input is empty.");
    }
    String label = null;
    String language = null;
    String segments = null;
    for (int comma = path.lastIndexOf(','); comma > 0; comma = path.lastIndexOf(',')) {
      String note = path.substring(comma + 1);
      if (note.startsWith(LABEL)) {
        label = once(label, note.substring(LABEL.length()), "label", value);
      } else if (note.startsWith(LANGUAGE)) {
        language = once(language, note.substring(LANGUAGE.length()), "language", value);
      } else if (note.startsWith(SEGMENTS)) {
        segments = once(segments, note.substring(SEGMENTS.length()), "segments", value);
      } else {
        break;
      }
      path = path.substring(0, comma);
    }
    if (language != null && !language.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")) {
      throw value.refused("\"" + language + "\" is no language tag, as en or pt-BR.");
    }
    try {
      return media(Path.of(path), segments)
          .named(label, language, Selection.NONE, PlaybackPolicy.NONE);
    } catch (InvalidPathException e) {
      throw value.refused("\"" + path + "\" is not a path.");
    }
  }

  /**
   * @param segments a pattern, which stands beside the initialization segment if it has no folder
   */
  private static JobInput media(Path path, @Nullable String segments) {
    if (segments != null) {
      Path pattern = Path.of(segments);
      boolean beside = pattern.getParent() == null;
      return JobInput.segments(
          path, SegmentPattern.files(beside ? path.resolveSibling(pattern) : pattern));
    }
    if (SegmentPlaylist.isNamedSo(path)) {
      SegmentPlaylist playlist = SegmentPlaylist.read(path);
      return JobInput.segments(playlist.init(), playlist.segments());
    }
    return JobInput.of(path);
  }

  private static String once(@Nullable String other, String text, String what, Value value) {
    if (other != null || text.isEmpty()) {
      throw value.refused(
          "\"%s\" has %s."
              .formatted(value.text(), text.isEmpty() ? "an empty " + what : "two of " + what));
    }
    return text;
  }

  static DrmSystem system(Value value) {
    try {
      return DrmSystem.ofId(value.text());
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
