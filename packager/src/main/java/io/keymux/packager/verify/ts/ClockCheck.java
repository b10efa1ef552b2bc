package io.keymux.packager.verify.ts;

/**
 * Checks the times of a transport stream: PCRs at most 100 ms apart, none behind what is decoded,
 * DTS rising in each stream.
 *
 * @see "ISO/IEC 13818-1, 2.7.2 Frequency of coding the program clock reference"
 */
final class ClockCheck {
  static final long WRAP = 1L << 33;

  private static final long MAX_DISTANCE = 9000;
  private static final long NONE = -1;

  private final TsProblems problems;
  private long pcr = NONE;

  ClockCheck(TsProblems problems) {
    this.problems = problems;
  }

  /** What {@code later} is behind {@code earlier} on a clock that wraps; negative if before. */
  static long distance(long earlier, long later) {
    long distance = (later - earlier) & (WRAP - 1);
    return distance < WRAP / 2 ? distance : distance - WRAP;
  }

  /** The next part begins with another clock. */
  void discontinuity() {
    pcr = NONE;
  }

  void pcr(String place, long base) {
    if (pcr != NONE) {
      long distance = distance(pcr, base);
      if (distance < 0 || distance > MAX_DISTANCE) {
        problems.problem(
            "ts-pcr-distance", place, "PCR " + distance / 90 + " ms after the one before");
      }
    }
    pcr = base;
  }

  void pes(PesPacket packet, long lastDts) {
    if (packet.pts() < 0) {
      problems.problem("ts-no-pts", packet.place(), "PES packet without PTS");
      return;
    }
    if (distance(packet.dts(), packet.pts()) < 0) {
      problems.problem(
          "ts-dts-order", packet.place(), "DTS " + packet.dts() + " is behind PTS " + packet.pts());
    }
    if (lastDts != NONE && distance(lastDts, packet.dts()) <= 0) {
      problems.problem(
          "ts-dts-order", packet.place(), "DTS " + packet.dts() + " follows " + lastDts);
    }
    if (pcr == NONE) {
      problems.problem("ts-no-pcr", packet.place(), "PES packet before the first PCR");
    }
  }
}
