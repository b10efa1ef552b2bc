package io.keymux.packager.ts;

/**
 * Counts the packets of audio in a segment without writing it, so that the next one knows its first
 * continuity counter. Takes the frames that {@link TsSegmentWriter} would get.
 */
final class AudioCounter {
  private final ElementaryStream stream;
  private final boolean clock;
  private final AudioPes pes = new AudioPes();
  private boolean started;
  private int packets;

  /**
   * @param clock whether the stream carries the PCR
   */
  AudioCounter(ElementaryStream stream, boolean clock) {
    this.stream = stream;
    this.clock = clock;
  }

  void add(FrameTiming timing, int sampleBytes) {
    int frame = stream.frameBytes(sampleBytes);
    if (pes.bytes() > 0 && !pes.joins(timing.end(), frame)) {
      close();
    }
    pes.add(timing.pts(), frame);
    if (timing.last()) {
      close();
    }
  }

  /** Of all frames; none may follow. */
  int packets() {
    if (pes.bytes() > 0) {
      close();
    }
    return packets;
  }

  private void close() {
    int field = TsPackets.fieldBytes(!started, clock);
    packets += TsPackets.count(PesHeader.AUDIO_BYTES + pes.bytes(), field);
    started = true;
    pes.close();
  }
}
