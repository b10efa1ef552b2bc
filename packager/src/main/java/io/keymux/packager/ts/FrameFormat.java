package io.keymux.packager.ts;

/** Makes a frame of an elementary stream out of a sample of an MP4. Not thread-safe. */
interface FrameFormat {

  /**
   * Appends the frame.
   *
   * @param sample holds the sample; its bytes may be destroyed
   * @param sync whether decoding can start here
   * @throws io.keymux.cpix.DrmException if the sample is damaged, or cannot be said in this form
   */
  void append(byte[] sample, int offset, int length, boolean sync, FrameBuffer to);
}
