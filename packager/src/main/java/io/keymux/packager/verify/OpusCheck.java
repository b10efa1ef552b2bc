package io.keymux.packager.verify;

import io.keymux.packager.verify.TrackFragment.SampleInfo;

/**
 * Opus: the first byte of a packet tells its duration, which is the sample's. The last sample of a
 * track may be shorter, so one difference alone says nothing.
 *
 * @see "RFC 6716, 3.1 The TOC Byte"
 */
final class OpusCheck implements SampleCheck {
  private static final int MAX_FRAME_BYTES = 1275;

  /** A random byte agrees with 20 ms, the usual duration, in about one case of five. */
  private static final double BITS = 2;

  @Override
  public Verdict check(byte[] sample, int size, double duration, SampleInfo info) {
    int code = size == 0 ? 3 : sample[0] & 3;
    if (size < (code == 3 ? 2 : 1)) {
      return Verdict.broken("only " + size + " bytes");
    }
    int frames =
        switch (code) {
          case 0 -> 1;
          case 1, 2 -> 2;
          default -> sample[1] & 0x3f;
        };
    long packet = Math.round(frames * frameMillis((sample[0] & 0xff) >>> 3) * 48);
    long stated = Math.round(duration * 48_000);
    if (packet != stated) {
      return Verdict.doubtful("a packet of %d samples in a sample of %d".formatted(packet, stated));
    }
    if (code == 0 && size - 1 > MAX_FRAME_BYTES) {
      return Verdict.doubtful("a frame of " + (size - 1) + " bytes");
    }
    return Verdict.passed(BITS);
  }

  private static double frameMillis(int configuration) {
    if (configuration < 12) {
      return new double[] {10, 20, 40, 60}[configuration % 4];
    }
    if (configuration < 16) {
      return configuration % 2 == 0 ? 10 : 20;
    }
    return new double[] {2.5, 5, 10, 20}[configuration % 4];
  }
}
