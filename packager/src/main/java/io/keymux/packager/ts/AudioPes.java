package io.keymux.packager.ts;

/**
 * Which audio frames share a PES packet: as many as last 100 ms, so that a PCR at its start is
 * enough. Follows from times and sizes alone, so the packets of any segment can be counted in
 * advance.
 */
final class AudioPes {
  private long first;
  private int bytes;

  /**
   * Whether a frame has room behind those that are there.
   *
   * @param end of the frame
   */
  boolean joins(long end, int frameBytes) {
    return bytes > 0
        && end - first <= TsSegmentWriter.CLOCK_TICKS
        && bytes + (long) frameBytes <= PesHeader.MAX_AUDIO_BYTES;
  }

  /**
   * Takes a frame in.
   *
   * @throws io.keymux.cpix.DrmException with code {@code audio-frame-too-large} if none can
   */
  void add(long pts, int frameBytes) {
    if (frameBytes > PesHeader.MAX_AUDIO_BYTES) {
      throw AdtsFrames.tooLarge("A PES packet", frameBytes, PesHeader.MAX_AUDIO_BYTES);
    }
    first = bytes == 0 ? pts : first;
    bytes += frameBytes;
  }

  /** PTS of the PES packet. */
  long pts() {
    return first;
  }

  /** Of its frames. */
  int bytes() {
    return bytes;
  }

  /** The next frame is the first of another. */
  void close() {
    bytes = 0;
  }
}
