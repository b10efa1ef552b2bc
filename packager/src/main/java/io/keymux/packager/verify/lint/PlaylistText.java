package io.keymux.packager.verify.lint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.DrmException;
import io.keymux.packager.verify.manifest.HlsAttributes;
import io.keymux.packager.verify.manifest.PresentationFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A playlist, line by line.
 *
 * @param name relative to the presentation
 * @param lines without blank ones and comments
 */
record PlaylistText(Path file, String name, List<Line> lines) {
  /**
   * A line.
   *
   * @param number from 1
   * @param tag without the {@code #}; empty for a URI
   * @param value behind the colon, or the URI
   */
  record Line(int number, String tag, String value) {
    HlsAttributes attributes() {
      return HlsAttributes.of(":" + value);
    }

    boolean isUri() {
      return tag.isEmpty();
    }
  }

  /** Null if it cannot be read, which is somebody else's finding. */
  static @Nullable PlaylistText read(PresentationFolder folder, Path file) {
    byte[] bytes;
    try {
      bytes = folder.read(file);
    } catch (DrmException e) {
      return null;
    }
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String text : new String(bytes, UTF_8).lines().toList()) {
      number++;
      String line = text.strip();
      if (line.startsWith("#EXT")) {
        int colon = line.indexOf(':');
        lines.add(
            colon < 0
                ? new Line(number, line.substring(1), "")
                : new Line(number, line.substring(1, colon), line.substring(colon + 1)));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        lines.add(new Line(number, "", line));
      }
    }
    return new PlaylistText(file, folder.name(file), lines);
  }

  List<Line> all(String tag) {
    return lines.stream().filter(line -> line.tag().equals(tag)).toList();
  }

  boolean has(String tag) {
    return lines.stream().anyMatch(line -> line.tag().equals(tag));
  }

  String place(Line line) {
    return name + " line " + line.number();
  }
}
