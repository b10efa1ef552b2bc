package io.keymux.packager.verify.ts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Each PES packet must be a sample: its NAL units in order, behind an access unit delimiter, where
 * decoding can start with parameter sets.
 */
final class VideoCheck extends FrameCheck {
  private final boolean hevc;
  private final int lengthSize;

  VideoCheck(SourceFrames source, boolean hevc, int lengthSize, TsProblems problems) {
    super(source, problems);
    this.hevc = hevc;
    this.lengthSize = lengthSize;
  }

  @Override
  void pes(PesPacket packet) {
    if (!hasSample()) {
      problem("ts-extra-frame", packet, "a picture more than the plan has");
      return;
    }
    List<byte[]> units = new ArrayList<>(ByteStream.nalUnits(packet.data().toArray()));
    if (units.isEmpty() || type(units.get(0)) != (hevc ? 35 : 9)) {
      problem("ts-no-delimiter", packet, "no access unit delimiter in front");
    }
    if (isSync() && units.stream().noneMatch(u -> type(u) == (hevc ? 33 : 7))) {
      problem("ts-no-parameter-sets", packet, "a sync sample without SPS");
    }
    if (isSync() != packet.randomAccess()) {
      problem("ts-random-access", packet, "random access: " + packet.randomAccess());
    }
    checkTime(packet);
    SampleAesDecryptor aes = decryptor();
    List<byte[]> plain = aes == null ? units : units.stream().map(aes::nal).toList();
    next(isSample(plain, sample()), packet);
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
