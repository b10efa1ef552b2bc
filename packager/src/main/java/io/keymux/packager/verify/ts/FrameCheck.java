package io.keymux.packager.verify.ts;

import org.jspecify.annotations.Nullable;

/** Holds what a stream carries against its input. */
interface FrameCheck {

  /**
   * Begins a segment.
   *
   * @param decryptor of SAMPLE-AES, or null
   */
  void begin(String file, int firstSample, int endSample, @Nullable SampleAesDecryptor decryptor);

  void pes(PesPacket packet);

  /** Ends the segment; a sample that did not come is a problem. */
  void end();

  /** Samples that were equal to those of the input. */
  long compared();
}
