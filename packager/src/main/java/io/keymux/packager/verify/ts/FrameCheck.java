package io.keymux.packager.verify.ts;

import org.jspecify.annotations.Nullable;

/**
 * Holds what a stream carries against its input: the samples of each segment must come in order,
 * each once and at its time. Not thread-safe.
 */
abstract class FrameCheck {
  private final SourceFrames source;
  private final TsProblems problems;
  private @Nullable SampleAesDecryptor decryptor;
  private String file = "";
  private int sample;
  private int end;
  private long compared;

  FrameCheck(SourceFrames source, TsProblems problems) {
    this.source = source;
    this.problems = problems;
  }

  /**
   * Begins a segment.
   *
   * @param aes of SAMPLE-AES, or null
   */
  final void begin(
      String newFile, int firstSample, int endSample, @Nullable SampleAesDecryptor aes) {
    file = newFile;
    sample = firstSample;
    end = endSample;
    decryptor = aes;
  }

  abstract void pes(PesPacket packet);

  /** Ends the segment; a sample that did not come is a problem. */
  final void end() {
    if (sample < end) {
      problems.problem("ts-frame-missing", file, "samples %d to %d".formatted(sample, end - 1));
    }
  }

  /** Samples that were equal to those of the input. */
  final long compared() {
    return compared;
  }

  final @Nullable SampleAesDecryptor decryptor() {
    return decryptor;
  }

  /** Whether the segment has another sample. */
  final boolean hasSample() {
    return sample < end;
  }

  final byte[] sample() {
    return source.sample(sample);
  }

  /** Whether decoding can start with the sample. */
  final boolean isSync() {
    return source.samples().isSync(sample);
  }

  final void checkTime(PesPacket packet) {
    if (ClockCheck.distance(source.pts(sample), packet.pts()) != 0) {
      problem(
          "ts-pts",
          packet,
          "PTS %d, sample %d has %d".formatted(packet.pts(), sample, source.pts(sample)));
    }
  }

  /** Goes on behind the sample. */
  final void next(boolean equal, PesPacket packet) {
    if (equal) {
      compared++;
    } else {
      problem("ts-frame-differs", packet, "it is not sample " + sample);
    }
    sample++;
  }

  final void problem(String code, PesPacket packet, String message) {
    problems.problem(code, packet.place(), message);
  }
}
