package io.keymux.packager.verify.manifest;

import java.util.List;

/**
 * What a manifest says of images of thumbnails, in one Period.
 *
 * @param place where it says so
 * @param hls whether an HLS playlist says so
 * @param format MIME type or CODECS; empty if nothing is said
 * @param columns of an image; 0 if nothing can be read
 * @param rows likewise
 * @param width of a whole image in pixels; 0 if nothing is said
 * @param height likewise
 * @param bandwidth in bit/s; 0 if nothing is said
 * @param thumbSeconds how long one thumbnail stands; 0 if nothing can be read
 * @param end of the media that they go with, in seconds of the presentation; negative if not known
 * @param images in order
 */
public record DescribedThumbnails(
    String place,
    boolean hls,
    String format,
    int columns,
    int rows,
    long width,
    long height,
    long bandwidth,
    double thumbSeconds,
    double end,
    List<Image> images) {
  /**
   * @param start in seconds of the presentation; before the Period for an image that began earlier
   * @param seconds how long the manifest says that it lasts
   */
  public record Image(MediaPiece piece, double start, double seconds) {}

  public DescribedThumbnails {
    images = List.copyOf(images);
  }

  /** How long a full image stands. */
  public double imageSeconds() {
    return thumbSeconds * columns * rows;
  }

  /** With the end of what they go with. */
  DescribedThumbnails until(double seconds) {
    return new DescribedThumbnails(
        place, hls, format, columns, rows, width, height, bandwidth, thumbSeconds, seconds, images);
  }
}
