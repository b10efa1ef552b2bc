package io.keymux.packager.codec;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;

/**
 * Divides a VP9 sample: a frame, or a superframe of several frames, of which all but the last are
 * hidden, with an index behind them. Uncompressed headers and the index stay clear.
 *
 * @see "VP Codec ISO Media File Format Binding, Sample Encryption"
 * @see "VP9 Bitstream and Decoding Process Specification, Annex B Superframes"
 */
final class Vp9SampleParser implements SampleParser {
  private static final int MOST_FRAMES = 8;
  private static final String[] PLACES = new String[MOST_FRAMES];

  static {
    for (int i = 0; i < MOST_FRAMES; i++) {
      PLACES[i] = "VP9 frame " + (i + 1) + " of the sample";
    }
  }

  private final BitReader in = new BitReader(BitReader.FRAME);
  private final Vp9FrameHeader header = new Vp9FrameHeader();

  /** Throws with code {@code frame-header-unreadable}. */
  @Override
  public void parse(byte[] data, int offset, int length, SampleRanges ranges) {
    if (length == 0) {
      return;
    }
    int marker = data[offset + length - 1] & 0xff;
    // An encoder adds a zero byte to a frame that would end in such bits by chance.
    if ((marker & 0xe0) != 0xc0) {
      frame(0, data, offset, length, ranges);
      return;
    }
    int frames = (marker & 7) + 1;
    int sizeBytes = ((marker >> 3) & 3) + 1;
    int indexBytes = 2 + frames * sizeBytes;
    if (indexBytes > length || (data[offset + length - indexBytes] & 0xff) != marker) {
      throw badIndex("an index of %d bytes does not begin with its marker", indexBytes, length);
    }
    int index = offset + length - indexBytes;
    int at = offset;
    for (int i = 0; i < frames; i++) {
      long size = littleEndian(data, index + 1 + i * sizeBytes, sizeBytes);
      if (size == 0 || size > index - at) {
        throw badIndex("a frame of %d bytes does not fit before the index", size, length);
      }
      frame(i, data, at, (int) size, ranges);
      at += (int) size;
    }
    if (at != index) {
      throw badIndex("%d bytes before the index belong to no frame", index - at, length);
    }
    ranges.clear(indexBytes);
  }

  private void frame(int number, byte[] data, int at, int length, SampleRanges ranges) {
    in.beginPlain(PLACES[number], data, at, length);
    int clear = header.read(in, length);
    ranges.clear(clear);
    if (clear < length) {
      ranges.protectable(length - clear);
    }
  }

  private static long littleEndian(byte[] data, int at, int bytes) {
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = (value << 8) | (data[at + i] & 0xff);
    }
    return value;
  }

  private static DrmException badIndex(String problem, long bytes, int length) {
    return new DrmException(
        Blame.CALLER,
        BitReader.FRAME,
        "VP9 superframe of %d bytes: ".formatted(length) + problem.formatted(bytes) + ".",
        "Check that the stream decodes, and encode it anew.");
  }
}
