package io.keymux.packager.verify.ts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Each PES packet must be a sample: its NAL units in order, behind an access unit delimiter, where
 * decoding can start with parameter sets.
 */
final class VideoCheck implements FrameCheck {
  private final SourceFrames source;
  private final boolean hevc;
  private final int lengthSize;
  private final TsProblems problems;
  private @Nullable SampleAesDecryptor decryptor;
  private String file = "";
  private int sample;
  private int end;
  private long compared;

  VideoCheck(SourceFrames source, boolean hevc, int lengthSize, TsProblems problems) {
    this.source = source;
    this.hevc = hevc;
    this.lengthSize = lengthSize;
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
    if (sample >= end) {
      problems.problem("ts-extra-frame", packet.place(), "a picture more than the plan has");
      return;
    }
    List<byte[]> units = new ArrayList<>(ByteStream.nalUnits(packet.data().toArray()));
    if (units.isEmpty() || type(units.get(0)) != (hevc ? 35 : 9)) {
      problems.problem("ts-no-delimiter", packet.place(), "no access unit delimiter in front");
    }
    boolean sync = source.samples().isSync(sample);
    if (sync && units.stream().noneMatch(u -> type(u) == (hevc ? 33 : 7))) {
      problems.problem("ts-no-parameter-sets", packet.place(), "a sync sample without SPS");
    }
    if (sync != packet.randomAccess()) {
      problems.problem("ts-random-access", packet.place(), "random access: " + !sync);
    }
    if (ClockCheck.distance(source.pts(sample), packet.pts()) != 0) {
      problems.problem(
          "ts-pts",
          packet.place(),
          "PTS %d, sample %d has %d".formatted(packet.pts(), sample, source.pts(sample)));
    }
    SampleAesDecryptor aes = decryptor;
    List<byte[]> plain = aes == null ? units : units.stream().map(aes::nal).toList();
    if (isSample(plain, source.sample(sample))) {
      compared++;
    } else {
      problems.problem("ts-frame-differs", packet.place(), "it is not sample " + sample);
    }
    sample++;
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

  /** All NAL units of the sample in order; only delimiters and parameter sets beside them. */
  private boolean isSample(List<byte[]> units, byte[] expected) {
    int unit = 0;
    for (int at = 0; at + lengthSize <= expected.length; ) {
      int size = 0;
      for (int i = 0; i < lengthSize; i++) {
        size = (size << 8) | (expected[at + i] & 0xff);
      }
      int from = at + lengthSize;
      int to = from + size;
      at = to;
      // Zeros at the end of a unit cannot be told from those of a start code.
      while (to > from && expected[to - 1] == 0) {
        to--;
      }
      if (to == from) {
        continue;
      }
      while (unit < units.size()
          && !Arrays.equals(units.get(unit), 0, units.get(unit).length, expected, from, to)) {
        if (!isAdded(type(units.get(unit)))) {
          return false;
        }
        unit++;
      }
      unit++;
    }
    return unit == units.size();
  }

  private boolean isAdded(int type) {
    return hevc ? type >= 32 && type <= 40 : type == 7 || type == 8 || type == 9 || type == 13;
  }

  private int type(byte[] unit) {
    return hevc ? (unit[0] >> 1) & 0x3f : unit[0] & 0x1f;
  }
}
