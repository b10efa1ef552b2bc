package io.keymux.packager.ts;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.encrypt.SampleAesCipher;
import org.jspecify.annotations.Nullable;

/**
 * E-AC-3: a sample is an access unit of one or more syncframes, each of which is encrypted alone.
 *
 * @see "ETSI TS 102 366, E.1.2.1 syncinfo, E.1.3.1.3 frmsiz"
 */
record Eac3Frames(@Nullable SampleAesCipher cipher) implements FrameFormat {
  private static final int HEADER_BYTES = 4;

  @Override
  public void append(byte[] sample, int offset, int length, boolean sync, FrameBuffer to) {
    if (cipher != null) {
      encrypt(sample, offset, length, cipher);
    }
    to.add(sample, offset, length);
  }

  private static void encrypt(byte[] sample, int offset, int length, SampleAesCipher cipher) {
    int at = 0;
    while (at < length) {
      int size = length - at < HEADER_BYTES ? 0 : frameBytes(sample, offset + at);
      if (size == 0 || size > length - at) {
        throw new DrmException(
            Blame.CALLER,
            "audio-frame-unreadable",
            "Byte %d of %d of an E-AC-3 sample starts no whole syncframe.".formatted(at, length),
            "Check that the stream decodes, and encode it anew.");
      }
      cipher.encryptAudio(sample, offset + at, size);
      at += size;
    }
  }

  /** Bytes of the syncframe at {@code at}, or 0 if there is none. */
  static int frameBytes(byte[] data, int at) {
    boolean syncword = data[at] == 0x0b && data[at + 1] == 0x77;
    return syncword ? 2 * (1 + (((data[at + 2] & 7) << 8) | (data[at + 3] & 0xff))) : 0;
  }
}
