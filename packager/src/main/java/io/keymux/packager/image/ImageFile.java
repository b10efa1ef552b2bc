package io.keymux.packager.image;

import io.keymux.cpix.DrmException;
import io.keymux.packager.input.InputFile;
import io.keymux.packager.input.MediaSource;
import java.nio.file.Path;

/**
 * A still image: its format and size as its header says, in a file that is complete.
 *
 * <p>A file is walked to its end. Of PNG the checksums and the number of pixel bytes are held
 * against the header; what a JPEG's compressed data hold is not decoded.
 *
 * @param bytes of the file
 * @param width in pixels, at least 1
 * @param height likewise
 */
public record ImageFile(ImageFormat format, int bytes, int width, int height) {
  private static final int MAX_BYTES = 64 << 20;
  private static final long MAX_PIXELS = 100_000_000;

  /**
   * Reads a whole local file.
   *
   * @throws DrmException with code {@code input-unreadable} if it is not a readable file, else as
   *     {@link #of}
   */
  public static ImageFile read(Path path) {
    return read(InputFile.of(path));
  }

  /**
   * Reads a whole file.
   *
   * @throws DrmException as {@link InputFile#open}, else as {@link #of}
   */
  public static ImageFile read(InputFile file) {
    try (MediaSource source = file.open()) {
      if (source.size() > MAX_BYTES) {
        throw BadImage.tooLarge(source.name(), source.size() + " bytes, at most " + MAX_BYTES);
      }
      byte[] bytes = new byte[(int) source.size()];
      source.read(0, bytes, 0, bytes.length);
      return of(source.name(), bytes);
    }
  }

  /**
   * @param name of the file, for messages
   * @throws DrmException with code {@code image-malformed} if it is truncated, has a side of 0
   *     pixels or contradicts itself, {@code image-unsupported} if it is no JPEG or PNG that
   *     browsers show, {@code image-too-large} above 64 MiB or 100 million pixels
   */
  public static ImageFile of(String name, byte[] bytes) {
    ImageBytes in = new ImageBytes(name, bytes);
    if (PngReader.begins(bytes)) {
      return PngReader.read(in);
    }
    if (JpegReader.begins(bytes)) {
      return JpegReader.read(in);
    }
    throw in.unsupported(0, "it is neither JPEG nor PNG");
  }

  /** Before anything of that size is worked on. */
  static void requireSize(ImageBytes in, int offset, long width, long height) {
    if (width == 0 || height == 0) {
      throw in.malformed(offset, "the image has %d x %d pixels".formatted(width, height));
    }
    if (width > MAX_PIXELS || height > MAX_PIXELS || width * height > MAX_PIXELS) {
      throw in.tooLarge("%d x %d pixels, at most %d".formatted(width, height, MAX_PIXELS));
    }
  }
}
