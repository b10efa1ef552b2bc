package io.keymux.packager.verify.ts;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The frames of a stream of audio must be the samples, in whole PES packets. */
final class AudioCheck implements FrameCheck {
  private static final int ADTS_BYTES = 7;

  private final SourceFrames source;
  private final String format;
  private final TsProblems problems;
  private @Nullable SampleAesDecryptor decryptor;
  private String file = "";
  private int sample;
  private int end;
  private long compared;

  /**
   * @param format of the sample entry; {@code mp4a} is AAC
   */
  AudioCheck(SourceFrames source, String format, TsProblems problems) {
    this.source = source;
    this.format = format;
    this.problems = problems;
  }

  @Override
  public void begin(
      String newFile, int firstSample, int endSample, @Nullable SampleAesDecryptor newDecryptor) {
    file = newFile;
    sample = firstSample;
    end = endSample;
    decryptor = newDecryptor;
  }

  @Override
  public void pes(PesPacket packet) {
    if (sample < end && ClockCheck.distance(source.pts(sample), packet.pts()) != 0) {
      problems.problem(
          "ts-pts",
          packet.place(),
          "PTS %d, sample %d has %d".formatted(packet.pts(), sample, source.pts(sample)));
    }
    byte[] data = packet.data().toArray();
    int at = 0;
    while (at < data.length) {
      if (sample >= end) {
        problems.problem("ts-extra-frame", packet.place(), "a frame more than the plan has");
        return;
      }
      byte[] expected = source.sample(sample);
      int header = header(data, at, expected.length);
      int next = at + header + expected.length;
      if (header < 0 || next > data.length) {
        problems.problem("ts-frame-differs", packet.place(), "no frame of sample " + sample);
        return;
      }
      decrypt(data, at + header, expected.length);
      if (Arrays.equals(data, at + header, next, expected, 0, expected.length)) {
        compared++;
      } else {
        problems.problem("ts-frame-differs", packet.place(), "it is not sample " + sample);
      }
      at = next;
      sample++;
    }
  }

  @Override
  public void end() {
    if (sample < end) {
      problems.problem("ts-frame-missing", file, "samples %d to %d".formatted(sample, end - 1));
    }
  }

  @Override
  public long compared() {
    return compared;
  }

  /** Bytes of the ADTS header, 0 if the format has none, or -1 if it is not that of a frame. */
  private int header(byte[] data, int at, int frame) {
    if (!format.equals("mp4a")) {
      return 0;
    }
    if (data.length - at < ADTS_BYTES || data[at] != -1 || (data[at + 1] & 0xf7) != 0xf1) {
      return -1;
    }
    int said =
        ((data[at + 3] & 3) << 11) | ((data[at + 4] & 0xff) << 3) | ((data[at + 5] & 0xff) >> 5);
    return said == frame + ADTS_BYTES ? ADTS_BYTES : -1;
  }

  private void decrypt(byte[] data, int offset, int length) {
    SampleAesDecryptor aes = decryptor;
    if (aes == null) {
      return;
    }
    if (!format.equals("ec-3")) {
      aes.audio(data, offset, length);
      return;
    }
    int at = offset;
    while (at + 4 <= offset + length) {
      int size = 2 * ((((data[at + 2] & 7) << 8) | (data[at + 3] & 0xff)) + 1);
      aes.audio(data, at, Math.min(size, offset + length - at));
      at += size;
    }
  }
}
