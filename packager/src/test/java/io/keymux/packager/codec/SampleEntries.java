package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import io.keymux.packager.isobmff.SampleEntry;
import java.util.List;

/** Sample entries made for a test. */
final class SampleEntries {
  private SampleEntries() {}

  /** An entry that says 1 x 2 pixels, 9 channels and 12345 Hz, which the child box may correct. */
  static SampleEntry of(String format, SampleEntry.Child... children) {
    return new SampleEntry(format, Bytes.empty(), 0, List.of(children), 1, 2, 9, 12345);
  }

  static SampleEntry of(String format, String box, Bytes payload) {
    return of(format, new SampleEntry.Child(box, payload));
  }

  static SampleEntry of(String format, String box, String hex) {
    return of(format, box, Bytes.ofHex(hex.replace(" ", "")));
  }
}
