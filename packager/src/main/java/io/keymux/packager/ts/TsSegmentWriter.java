package io.keymux.packager.ts;

import io.keymux.packager.encrypt.SampleAesCipher;
import io.keymux.packager.output.SegmentSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one segment of a transport stream, with its own PAT and PMT.
 *
 * <p>Continuity counters go on over segments although segments are written at the same time, since
 * no segment needs to know how long another became: PAT and PMT stand once in each, so their
 * counter is the segment's number; packets of audio can be counted in advance ({@link
 * AudioCounter}); and a segment has a multiple of 16 packets of video, for which the last ones hold
 * a byte each.
 *
 * @see "ISO/IEC 13818-1, 2.4.3; RFC 8216, 3.2 MPEG-2 Transport Streams"
 */
public final class TsSegmentWriter implements SegmentWriter {
  /** A PCR tells when its packet arrives, which is so long before it is decoded. */
  static final int ARRIVAL_TICKS = FrameTiming.TICKS * 7 / 10;

  /** Between two PCRs. */
  static final int CLOCK_TICKS = FrameTiming.TICKS / 10;

  /** Who leaves a minute without a frame gets no clock for the rest of it. */
  private static final int MAX_CLOCK_PACKETS = 1000;

  private final TsProgram program;
  private final TsPackets packets;
  private final List<Output> outputs = new ArrayList<>();
  private long clock = TsPackets.NO_PCR;

  /** A stream of the segment. */
  private static final class Output {
    final FrameFormat format;
    final FrameBuffer frames = new FrameBuffer();
    final @Nullable AudioPes audio;
    int counter;
    boolean started;

    Output(ElementaryStream stream, @Nullable SampleAesCipher cipher, int counter) {
      this.format = stream.format(cipher);
      this.audio = stream.codec().isVideo() ? null : new AudioPes();
      this.counter = counter;
    }
  }

  /**
   * Begins the segment.
   *
   * @param number of the segment; the next one has the next
   * @param counters of the first packet of each stream: 0 for video, for audio those of {@link
   *     AudioCounter}
   * @param cipher for SAMPLE-AES, or null
   */
  public TsSegmentWriter(
      TsProgram program,
      int number,
      List<Integer> counters,
      @Nullable SampleAesCipher cipher,
      SegmentSink sink) {
    this.program = program;
    this.packets = new TsPackets(sink);
    for (int i = 0; i < program.streams().size(); i++) {
      outputs.add(new Output(program.streams().get(i), cipher, counters.get(i)));
    }
    packets.section(Psi.PAT_PID, number, Psi.pat());
    packets.section(Psi.PMT_PID, number, program.pmt(cipher != null));
  }

  @Override
  public void write(int stream, FrameTiming timing, byte[] sample, int offset, int length) {
    Output output = outputs.get(stream);
    AudioPes audio = output.audio;
    if (audio == null) {
      output.format.append(sample, offset, length, timing.sync(), output.frames);
      emit(stream, timing.pts(), timing.dts(), timing.sync(), timing.last());
      return;
    }
    int frame = program.streams().get(stream).frameBytes(length);
    if (output.frames.size() > 0 && !audio.joins(timing.end(), frame)) {
      emitAudio(stream, audio);
    }
    audio.add(timing.pts(), frame);
    output.format.append(sample, offset, length, timing.sync(), output.frames);
    if (timing.last()) {
      emitAudio(stream, audio);
    }
  }

  @Override
  public void finish(long end) {
    for (int i = 0; i < outputs.size(); i++) {
      AudioPes audio = outputs.get(i).audio;
      if (audio != null && outputs.get(i).frames.size() > 0) {
        emitAudio(i, audio);
      }
    }
    keepClock(end - ARRIVAL_TICKS);
    packets.flush();
  }

  private void emitAudio(int stream, AudioPes audio) {
    emit(stream, audio.pts(), audio.pts(), !outputs.get(stream).started, false);
    audio.close();
  }

  private void emit(int stream, long pts, long dts, boolean randomAccess, boolean align) {
    Output output = outputs.get(stream);
    long arrival = dts - ARRIVAL_TICKS;
    keepClock(arrival);
    long pcr = TsPackets.NO_PCR;
    if (stream == program.clockStream() && arrival >= clock) {
      pcr = arrival;
      clock = arrival;
    } else if (clock == TsPackets.NO_PCR) {
      tick(arrival);
    }
    FrameBuffer frames = output.frames;
    int streamId = program.streams().get(stream).codec().streamId();
    int from = PesHeader.write(frames, streamId, pts, dts);
    int bytes = frames.end() - from;
    int field = TsPackets.fieldBytes(randomAccess, pcr != TsPackets.NO_PCR);
    int count = TsPackets.count(bytes, field);
    if (align) {
      count += -(output.counter + count) & (TsPackets.COUNTERS - 1);
    }
    int pid = program.pid(stream);
    packets.pes(pid, output.counter, frames.array(), from, bytes, randomAccess, pcr, count);
    output.counter += count;
    output.started = true;
    frames.clear();
  }

  /** Fills a gap before {@code until} with packets that hold nothing but a PCR. */
  private void keepClock(long until) {
    for (int i = 0;
        i < MAX_CLOCK_PACKETS && clock != TsPackets.NO_PCR && until - clock > CLOCK_TICKS;
        i++) {
      tick(clock + CLOCK_TICKS);
    }
  }

  private void tick(long pcr) {
    int stream = program.clockStream();
    packets.clock(program.pid(stream), outputs.get(stream).counter - 1, pcr);
    clock = pcr;
  }
}
