package io.keymux.packager.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Walks the chunks of a PNG, holds each against its checksum, and counts the bytes of its pixels.
 *
 * @see "W3C Portable Network Graphics (PNG) Specification, 5 Datastream structure"
 */
final class PngReader {
  private static final byte[] SIGNATURE = "\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1);

  /** Where each pass of Adam7 begins and how far its pixels are apart: x, y, x step, y step. */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private final ImageBytes in;
  private final Inflater inflater = new Inflater();
  private final byte[] inflated = new byte[64 * 1024];
  private @Nullable ImageFile header;
  private long pixelBytes;
  private long seenBytes;

  private PngReader(ImageBytes in) {
    this.in = in;
  }

  static boolean begins(byte[] bytes) {
    return bytes.length >= SIGNATURE.length
        && Arrays.equals(bytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  static ImageFile read(ImageBytes in) {
    PngReader reader = new PngReader(in);
    try {
      return reader.read();
    } finally {
      reader.inflater.end();
    }
  }

  private ImageFile read() {
    in.skip(SIGNATURE.length, "the signature");
    boolean end = false;
    while (!end) {
      end = chunk();
    }
    ImageFile image = header;
    if (image == null || seenBytes != pixelBytes || !inflater.finished()) {
      throw in.malformed(
          in.position(),
          "the pixels have %d bytes, the header says %d".formatted(seenBytes, pixelBytes));
    }
    return image;
  }

  /** True if it is the last. */
  private boolean chunk() {
    int start = in.position();
    long length = in.u32("a chunk");
    if (length > in.left() - 8) {
      throw in.malformed(
          start, "a chunk of %d bytes, %d are left".formatted(length, Math.max(0, in.left() - 8)));
    }
    int body = in.position() + 4;
    String type = new String(in.array(), in.position(), 4, ISO_8859_1);
    CRC32 crc = new CRC32();
    crc.update(in.array(), in.position(), (int) length + 4);
    in.skip((int) length + 4, "a chunk");
    if (in.u32("a checksum") != crc.getValue()) {
      throw in.malformed(start, "the checksum of chunk %s is wrong".formatted(type));
    }
    if (type.equals("IHDR") != (header == null)) {
      throw in.malformed(start, "chunk %s does not stand here".formatted(type));
    }
    switch (type) {
      case "IHDR" -> header(body, (int) length);
      case "IDAT" -> pixels(body, (int) length);
      default -> {
        // Palettes, colours and texts do not change the size.
      }
    }
    return type.equals("IEND");
  }

  private void header(int body, int length) {
    if (length != 13) {
      throw in.malformed(body, "a header of %d bytes".formatted(length));
    }
    ImageBytes fields = in.at(body);
    long width = fields.u32("the header");
    long height = fields.u32("the header");
    ImageFile.requireSize(in, body, width, height);
    int bits = fields.u8("the header") * samples(body, fields.u8("the header"));
    fields.u16("the header"); // compression and filter: there is one of each
    int interlace = fields.u8("the header");
    if (bits == 0 || bits > 64 || interlace > 1) {
      throw in.malformed(body, "%d bits a pixel, interlaced by %d".formatted(bits, interlace));
    }
    for (int[] pass : interlace == 1 ? ADAM7 : new int[][] {{0, 0, 1, 1}}) {
      pixelBytes +=
          passBytes(count(width, pass[0], pass[2]), count(height, pass[1], pass[3]), bits);
    }
    header = new ImageFile(ImageFormat.PNG, in.array().length, (int) width, (int) height);
  }

  private int samples(int body, int colour) {
    return switch (colour) {
      case 0, 3 -> 1;
      case 2 -> 3;
      case 4 -> 2;
      case 6 -> 4;
      default -> throw in.malformed(body, "colour type %d".formatted(colour));
    };
  }

  private static long count(long side, int first, int step) {
    return (side - first + step - 1) / step;
  }

  /** Each row has a byte for its filter. */
  private static long passBytes(long columns, long rows, int bits) {
    return columns <= 0 || rows <= 0 ? 0 : rows * (1 + (columns * bits + 7) / 8);
  }

  private void pixels(int body, int length) {
    inflater.setInput(in.array(), body, length);
    try {
      while (seenBytes <= pixelBytes && !inflater.finished()) {
        int got = inflater.inflate(inflated);
        if (got == 0) {
          return;
        }
        seenBytes += got;
      }
    } catch (DataFormatException e) {
      throw in.malformed(body, "the pixels cannot be inflated");
    }
  }
}
