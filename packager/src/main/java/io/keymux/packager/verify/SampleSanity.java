package io.keymux.packager.verify;

import io.keymux.packager.verify.TrackBoxes.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a decrypted sample looks like its codec: a wrong key leaves the lengths of NAL
 * units and sync words in clear bytes, so this finds the gross errors only. Equality with the
 * source is the proof.
 */
final class SampleSanity {
  private SampleSanity() {}

  /** What is wrong with the sample, or null. */
  static @Nullable String problem(Entry entry, byte[] sample, int size) {
    if (entry.nalLengthSize() > 0) {
      return nalUnits(entry.nalLengthSize(), sample, size);
    }
    return switch (entry.format()) {
      case "ac-3", "ec-3" -> syncWord(sample, size, 0x0b77);
      case "fLaC" -> syncWord(sample, size, 0xfff8);
      default -> null;
    };
  }

  private static @Nullable String syncWord(byte[] sample, int size, int expected) {
    if (size < 2) {
      return "only " + size + " bytes";
    }
    int word = ((sample[0] & 0xff) << 8) | (sample[1] & 0xff);
    return (word & 0xfffe) == (expected & 0xfffe)
        ? null
        : "sync word %04x instead of %04x".formatted(word, expected);
  }

  private static @Nullable String nalUnits(int lengthSize, byte[] sample, int size) {
    int at = 0;
    while (at < size) {
      long length = 0;
      for (int i = 0; i < lengthSize && at < size; i++) {
        length = (length << 8) | (sample[at++] & 0xff);
      }
      if (length > size - at) {
        return "a NAL unit of %d bytes where %d are left".formatted(length, size - at);
      }
      if (length > 0 && (sample[at] & 0x80) != 0) {
        return "forbidden_zero_bit is set at byte " + at;
      }
      at += (int) length;
    }
    return null;
  }
}
