package io.keymux.packager.ts;

/** Writes the frames of one segment. Not thread-safe. */
public interface SegmentWriter {

  /**
   * Writes a sample.
   *
   * @param stream index of its stream; each stream's samples come in decode order
   * @param sample holds it; its bytes may be destroyed
   * @throws io.keymux.cpix.DrmException if the sample is damaged, or the output not be written
   */
  void write(int stream, FrameTiming timing, byte[] sample, int offset, int length);

  /**
   * Ends the segment.
   *
   * @param end decode time at which the next segment begins
   */
  void finish(long end);
}
