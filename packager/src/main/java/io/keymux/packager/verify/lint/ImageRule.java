package io.keymux.packager.verify.lint;

import io.keymux.packager.verify.lint.PlaylistText.Line;
import io.keymux.packager.verify.manifest.HlsAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Playlists of images: the tags and attributes without which players show no thumbnail, or a wrong
 * one.
 *
 * @see "HLS Image Media Playlist Specification 0.4"
 */
final class ImageRule {
  private static final String GRID = "[1-9]\\d*x[1-9]\\d*";

  private ImageRule() {}

  /**
   * @param stream an EXT-X-IMAGE-STREAM-INF
   * @param images its playlist, or null if it cannot be read
   */
  static void check(
      PlaylistText master, Line stream, @Nullable PlaylistText images, LintProblems problems) {
    HlsAttributes said = stream.attributes();
    for (String attribute : List.of("BANDWIDTH", "RESOLUTION", "CODECS", "URI")) {
      if (said.text(attribute).isEmpty()) {
        problems.error(
            "hls-attribute-missing", master.place(stream), "images without " + attribute);
      }
    }
    if (images != null) {
      MediaLint.check(images, problems);
      playlist(images, said.text("RESOLUTION"), problems);
    }
  }

  private static void playlist(PlaylistText images, String resolution, LintProblems problems) {
    if (!images.has("EXT-X-IMAGES-ONLY")) {
      problems.error("hls-tag-missing", images.name(), "no EXT-X-IMAGES-ONLY");
    }
    Line tiles = null;
    for (Line line : images.lines()) {
      if (line.tag().equals("EXT-X-TILES")) {
        tiles = line;
        tiles(images, line, resolution, problems);
      } else if (line.isUri()) {
        if (tiles == null) {
          problems.error(
              "hls-tag-missing",
              images.place(line),
              "no EXT-X-TILES stands before the image: players take it for one thumbnail");
          return;
        }
        tiles = null;
      }
    }
  }

  private static void tiles(
      PlaylistText images, Line line, String resolution, LintProblems problems) {
    HlsAttributes tiles = line.attributes();
    for (String attribute : List.of("RESOLUTION", "LAYOUT")) {
      if (!tiles.text(attribute).matches(GRID)) {
        problems.error(
            "hls-attribute-malformed",
            images.place(line),
            "%s \"%s\" is not columns x rows".formatted(attribute, tiles.text(attribute)));
      }
    }
    if (tiles.text("DURATION").isEmpty()) {
      problems.error("hls-attribute-missing", images.place(line), "EXT-X-TILES without DURATION");
    }
    if (!resolution.isEmpty() && !resolution.equals(tiles.text("RESOLUTION"))) {
      problems.error(
          "hls-attribute-malformed",
          images.place(line),
          "RESOLUTION %s, the multivariant playlist says %s"
              .formatted(tiles.text("RESOLUTION"), resolution));
    }
  }
}
