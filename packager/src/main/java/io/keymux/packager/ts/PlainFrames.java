package io.keymux.packager.ts;

import io.keymux.packager.encrypt.SampleAesCipher;
import org.jspecify.annotations.Nullable;

/** Frames that find their own bounds: AC-3 and MP3. */
record PlainFrames(@Nullable SampleAesCipher cipher) implements FrameFormat {
  @Override
  public void append(byte[] sample, int offset, int length, boolean sync, FrameBuffer to) {
    if (cipher != null) {
      cipher.encryptAudio(sample, offset, length);
    }
    to.add(sample, offset, length);
  }
}
