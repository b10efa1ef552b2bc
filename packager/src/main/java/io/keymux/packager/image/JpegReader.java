package io.keymux.packager.image;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks the markers of a JPEG from SOI to EOI.
 *
 * @see "ISO/IEC 10918-1 (ITU-T T.81), B.1 General aspects of the compressed data format"
 */
final class JpegReader {
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;

  /** Baseline, extended sequential and progressive, with Huffman coding: what browsers decode. */
  private static final Set<Integer> SHOWN = Set.of(0xc0, 0xc1, 0xc2);

  /** In the range of SOF0 to SOF15, but no frame headers: DHT, JPG and DAC. */
  private static final Set<Integer> NO_FRAME = Set.of(0xc4, 0xc8, 0xcc);

  private final ImageBytes in;
  private @Nullable ImageFile frame;
  private boolean scanned;

  private JpegReader(ImageBytes in) {
    this.in = in;
  }

  static boolean begins(byte[] bytes) {
    return bytes.length >= 3
        && (bytes[0] & 0xff) == 0xff
        && (bytes[1] & 0xff) == SOI
        && (bytes[2] & 0xff) == 0xff;
  }

  static ImageFile read(ImageBytes in) {
    return new JpegReader(in).read();
  }

  private ImageFile read() {
    in.skip(2, "SOI");
    int marker = marker();
    while (marker != EOI) {
      segment(marker);
      marker = marker();
    }
    ImageFile image = frame;
    if (image == null || !scanned) {
      throw in.malformed(in.position(), "EOI comes before the image");
    }
    return image;
  }

  /** Any number of bytes FF may stand before a marker. */
  private int marker() {
    int start = in.position();
    if (in.u8("the markers") != 0xff) {
      throw in.malformed(start, "a marker is missing");
    }
    int marker = 0xff;
    while (marker == 0xff) {
      marker = in.u8("the markers");
    }
    return marker;
  }

  private void segment(int marker) {
    int start = in.position();
    if (marker == SOI || marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd7)) {
      throw in.malformed(start - 1, "marker %02X does not stand here".formatted(marker));
    }
    int length = in.u16("a segment");
    if (length < 2) {
      throw in.malformed(start, "a segment of %d bytes".formatted(length));
    }
    int body = length - 2;
    in.need(body, "a segment");
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.contains(marker)) {
      frame(marker, start, body);
      return;
    }
    if (marker == SOS && frame == null) {
      throw in.malformed(start, "a scan comes before the frame header");
    }
    in.skip(body, "a segment");
    if (marker == SOS) {
      scanned = true;
      scan();
    }
  }

  private void frame(int marker, int start, int body) {
    if (!SHOWN.contains(marker)) {
      throw in.unsupported(
          start, "JPEG of mode SOF%d, which browsers do not show".formatted(marker - 0xc0));
    }
    if (frame != null) {
      throw in.malformed(start, "a second frame header");
    }
    if (body < 6) {
      throw in.malformed(start, "a frame header of %d bytes".formatted(body + 2));
    }
    int bits = in.u8("the frame header");
    if (bits != 8) {
      throw in.unsupported(start, "JPEG with %d bits".formatted(bits));
    }
    int sides = in.position();
    int height = in.u16("the frame header");
    int width = in.u16("the frame header");
    ImageFile.requireSize(in, sides, width, height);
    int components = in.u8("the frame header");
    if (components == 0 || body != 6 + 3 * components) {
      throw in.malformed(
          start, "%d components in a frame header of %d bytes".formatted(components, body + 2));
    }
    in.skip(body - 6, "the frame header");
    frame = new ImageFile(ImageFormat.JPEG, in.array().length, width, height);
  }

  /** Up to the next marker: FF00 is a byte of data, and restart markers belong to the scan. */
  private void scan() {
    byte[] bytes = in.array();
    int at = in.position();
    while (at + 1 < bytes.length) {
      int next = bytes[at + 1] & 0xff;
      boolean data = (bytes[at] & 0xff) != 0xff;
      if (!data && next != 0 && next != 0xff && !(next >= 0xd0 && next <= 0xd7)) {
        in.skip(at - in.position(), "a scan");
        return;
      }
      at += data || next == 0xff ? 1 : 2;
    }
    in.skip(in.left(), "a scan");
    in.need(1, "the compressed data");
  }
}
