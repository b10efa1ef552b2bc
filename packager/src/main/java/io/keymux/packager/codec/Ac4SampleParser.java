package io.keymux.packager.codec;

/**
 * Divides an AC-4 frame: the table of contents stays clear, substreams are protected as one range.
 *
 * @see "ETSI TS 103 190-2, 4.2 and E.2; ISO/IEC 23001-7, 9.6 Protection of audio"
 */
final class Ac4SampleParser implements SampleParser {
  private final BitReader in = new BitReader(BitReader.FRAME);

  /** Throws with code {@code frame-header-unreadable}. */
  @Override
  public void parse(byte[] data, int offset, int length, SampleRanges ranges) {
    if (length == 0) {
      return;
    }
    in.beginPlain("AC-4 table of contents", data, offset, length);
    new Ac4Contents(in).skip();
    int clear = in.bytesRead();
    ranges.clear(clear);
    if (clear < length) {
      ranges.protectable(length - clear);
    }
  }
}
