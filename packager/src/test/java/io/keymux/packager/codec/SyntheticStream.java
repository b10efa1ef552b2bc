package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import java.util.List;

/**
 * A stream that a random generator wrote along the syntax tables.
 *
 * @param parameterSets NAL units to be seen first
 * @param slices in order
 */
record SyntheticStream(List<Bytes> parameterSets, List<Slice> slices) {

  /**
   * @param nal with a header and some slice data
   * @param clearBytes of its headers, as the generator counted them
   */
  record Slice(Bytes nal, int clearBytes) {

    /** Ends the header here and appends slice data. */
    static Slice of(BitWriter header, int dataBytes) {
      int rawBytes = (header.bitsWritten() + 7) / 8;
      header.fill(1);
      for (int i = 0; i < dataBytes; i++) {
        header.u(8, i % 7 == 0 ? 0 : i);
      }
      header.u(8, 0x80);
      return new Slice(Bytes.copyOf(header.escaped()), header.escapedSize(rawBytes));
    }
  }
}
