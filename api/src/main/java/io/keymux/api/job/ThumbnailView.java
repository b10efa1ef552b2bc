package io.keymux.api.job;

import io.keymux.packager.media.ThumbnailTrack;
import java.math.BigDecimal;

/**
 * Images of thumbnails as JSON.
 *
 * @param width of one thumbnail in pixels
 * @param height likewise
 * @param tiles columns and rows in an image, as {@code 5x4}
 * @param every how long a thumbnail stands, in seconds
 * @param images how many
 */
public record ThumbnailView(
    String name,
    String mimeType,
    int width,
    int height,
    String tiles,
    BigDecimal every,
    int images) {

  public static ThumbnailView of(ThumbnailTrack track) {
    return new ThumbnailView(
        track.name(),
        track.format().mimeType(),
        track.width(),
        track.height(),
        track.tiling().layout(),
        track.tiling().everySeconds(),
        track.images().size());
  }
}
