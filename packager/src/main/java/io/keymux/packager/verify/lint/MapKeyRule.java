package io.keymux.packager.verify.lint;

import io.keymux.packager.verify.lint.PlaylistText.Line;
import io.keymux.packager.verify.manifest.HlsAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key of AES-128 in front of an init segment encrypts it, too: its line must have an IV, since an
 * init segment has no number to take one from, and no segment should have the same.
 *
 * @see "RFC 8216, 4.3.2.4 EXT-X-KEY and 4.3.2.5 EXT-X-MAP"
 */
final class MapKeyRule {
  private final PlaylistText playlist;
  private final LintProblems problems;
  private final Map<Use, String> maps = new HashMap<>();
  private final Set<Use> segments = new HashSet<>();
  private @Nullable Line key;

  /** A key's URI, which is never shown, and an IV as 32 digits. */
  private record Use(String uri, String iv) {}

  private MapKeyRule(PlaylistText playlist, LintProblems problems) {
    this.playlist = playlist;
    this.problems = problems;
  }

  static void check(PlaylistText playlist, LintProblems problems) {
    MapKeyRule rule = new MapKeyRule(playlist, problems);
    rule.read();
    rule.maps.forEach(
        (use, place) -> {
          if (rule.segments.contains(use)) {
            problems.warning(
                "hls-map-iv-reused",
                place,
                "a segment has the key and the IV of the init segment, which shows what starts"
                    + " alike");
          }
        });
  }

  private void read() {
    long number = 0;
    for (Line line : playlist.lines()) {
      switch (line.tag()) {
        case "EXT-X-MEDIA-SEQUENCE" -> {
          String text = line.value().strip();
          number = text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
        }
        case "EXT-X-KEY" -> key(line);
        case "EXT-X-MAP" -> map(line);
        case "" -> segment(number++);
        default -> {
          // Nothing is asked of the others.
        }
      }
    }
  }

  /** Other formats stand beside a key that is in force. */
  private void key(Line line) {
    HlsAttributes next = line.attributes();
    boolean whole = next.text("METHOD").equals("AES-128");
    boolean replaces =
        key == null
            || next.text("METHOD").equals("NONE")
            || key.attributes().text("KEYFORMAT").equals(next.text("KEYFORMAT"));
    if (whole || replaces) {
      key = whole ? line : null;
    }
  }

  private void map(Line line) {
    if (key == null) {
      return;
    }
    String iv = iv(key);
    if (iv.isEmpty()) {
      problems.error(
          "hls-map-iv-missing",
          playlist.place(line),
          "the key line %d applies to the init segment, which needs an IV there"
              .formatted(key.number()));
      return;
    }
    maps.putIfAbsent(new Use(key.attributes().text("URI"), iv), playlist.place(line));
  }

  private void segment(long number) {
    if (key != null && !maps.isEmpty()) {
      String iv = iv(key);
      segments.add(
          new Use(
              key.attributes().text("URI"),
              iv.isEmpty() ? String.format(Locale.ROOT, "%032x", number) : iv));
    }
  }

  /** Empty if there is none. */
  private static String iv(Line key) {
    return key.attributes().text("IV").toLowerCase(Locale.ROOT).replaceFirst("^0x", "");
  }
}
