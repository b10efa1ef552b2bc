package io.keymux.packager.media;

import io.keymux.packager.image.ImageFile;
import io.keymux.packager.image.ImageFormat;
import io.keymux.packager.input.InputFile;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images of thumbnails that are published as they are given, in the clear. The first begins with
 * the presentation; the last may have empty places behind its end.
 *
 * @param name unique among all tracks, the folder of its files
 * @param images in order, at least one, all of one format and size
 */
public record ThumbnailTrack(String name, Tiling tiling, List<Image> images) {
  /**
   * An image of the input.
   *
   * @param source the file that was given
   */
  public record Image(InputFile source, ImageFile file) {}

  public ThumbnailTrack {
    images = List.copyOf(images);
  }

  public ImageFormat format() {
    return images.get(0).file().format();
  }

  /** Of a whole image, in pixels. */
  public int imageWidth() {
    return images.get(0).file().width();
  }

  /** Of a whole image, in pixels. */
  public int imageHeight() {
    return images.get(0).file().height();
  }

  /** Of one thumbnail, in pixels. */
  public int width() {
    return imageWidth() / tiling.columns();
  }

  /** Of one thumbnail, in pixels. */
  public int height() {
    return imageHeight() / tiling.rows();
  }

  /**
   * Name of an image in the output, relative to its folder, with {@code /}; numbers count from 1.
   *
   * @param index from 0
   */
  public String path(int index) {
    return name + "/image-" + (index + 1) + "." + format().extension();
  }

  /** Names of all images, in order. */
  public List<String> paths() {
    return IntStream.range(0, images.size()).mapToObj(this::path).toList();
  }

  /**
   * What the largest image costs over the time that it stands for, in bit/s, rounded up.
   *
   * @see "DASH-IF IOP 4.3, 6.2.6 Tiles of thumbnail images"
   */
  public long bandwidth() {
    long largest = images.stream().mapToLong(image -> image.file().bytes()).max().orElse(0);
    return Math.max(1, (long) Math.ceil(largest * 8e6 / tiling.imageMicros()));
  }
}
