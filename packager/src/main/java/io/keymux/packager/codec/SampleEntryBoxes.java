package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.isobmff.SampleEntry;

/** What configuration boxes of different codecs have in common. */
final class SampleEntryBoxes {
  private SampleEntryBoxes() {}

  /**
   * The payload of a child box.
   *
   * @throws DrmException with code {@code codec-config-unreadable} if the entry has none
   */
  static byte[] required(SampleEntry entry, String type) {
    return entry
        .child(type)
        .map(Bytes::toArray)
        .orElseThrow(
            () ->
                new DrmException(
                    Blame.CALLER,
                    BitReader.CONFIG,
                    "Sample entry " + entry.format() + " has no box " + type + ".",
                    "The file is damaged; mux it anew."));
  }

  /** A sample rate of 32 bits, which must be one that an {@code int} holds. */
  static int rate(BitReader in, int bits) {
    if (bits < 0) {
      throw in.malformed("a sample rate of " + Integer.toUnsignedString(bits) + " Hz");
    }
    return bits;
  }

  /** Reads lengthSizeMinusOne out of its byte. */
  static int lengthSize(BitReader in) {
    in.skip(6);
    int lengthSize = in.bits(2) + 1;
    if (lengthSize == 3) {
      throw in.malformed("NAL unit lengths have 3 bytes, where 1, 2 and 4 are allowed");
    }
    return lengthSize;
  }

  /**
   * Reads a NAL unit behind its 16-bit length; an empty one, which some muxers write, is skipped.
   */
  static void readParameterSet(BitReader in, SliceHeaderParser parser) {
    byte[] nal = in.bytes(in.bits(16));
    if (nal.length > 0) {
      parser.clearBytes(nal, 0, nal.length);
    }
  }
}
