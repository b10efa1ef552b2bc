package io.keymux.packager.verify.lint;

import io.keymux.packager.verify.lint.PlaylistText.Line;
import io.keymux.packager.verify.manifest.HlsAttributes;
import java.util.List;

/**
 * EXT-X-VERSION is high enough for what a playlist uses.
 *
 * @see "RFC 8216, 7 Protocol Version Compatibility"
 */
final class VersionRule {
  private int needed = 1;
  private String because = "";

  private VersionRule() {}

  static void check(PlaylistText playlist, LintProblems problems) {
    List<Line> said = playlist.all("EXT-X-VERSION");
    if (said.size() > 1) {
      problems.error("hls-tag-repeated", playlist.place(said.get(1)), "a second EXT-X-VERSION");
    }
    int version = 1;
    if (!said.isEmpty()) {
      String text = said.get(0).value();
      version = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 1;
    }
    VersionRule rule = new VersionRule();
    boolean pictures = playlist.has("EXT-X-I-FRAMES-ONLY");
    for (Line line : playlist.lines()) {
      rule.line(line, pictures);
    }
    if (version < rule.needed) {
      problems.error(
          "hls-version",
          playlist.name(),
          "it says version %d, but %s needs %d".formatted(version, rule.because, rule.needed));
    }
  }

  private void line(Line line, boolean pictures) {
    switch (line.tag()) {
      case "EXTINF" -> {
        if (line.value().matches("[^,]*\\.[^,]*,?.*")) {
          needs(3, "a fraction in EXTINF");
        }
      }
      case "EXT-X-BYTERANGE", "EXT-X-I-FRAMES-ONLY" -> needs(4, line.tag());
      case "EXT-X-MAP" -> needs(pictures ? 5 : 6, line.tag());
      case "EXT-X-KEY", "EXT-X-SESSION-KEY" -> key(line.attributes());
      default -> {
        // Everything else that is checked here exists since version 1.
      }
    }
  }

  private void key(HlsAttributes key) {
    if (!key.text("IV").isEmpty()) {
      needs(2, "an IV");
    }
    if (!key.text("KEYFORMAT").isEmpty() || !key.text("KEYFORMATVERSIONS").isEmpty()) {
      needs(5, "KEYFORMAT");
    }
  }

  private void needs(int version, String what) {
    if (version > needed) {
      needed = version;
      because = what;
    }
  }
}
