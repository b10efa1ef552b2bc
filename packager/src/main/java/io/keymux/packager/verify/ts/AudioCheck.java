package io.keymux.packager.verify.ts;

import java.util.Arrays;

/** The frames of a stream of audio must be the samples, in whole PES packets. */
final class AudioCheck extends FrameCheck {
  private static final int ADTS_BYTES = 7;

  private final String format;

  /**
   * @param format of the sample entry; {@code mp4a} is AAC
   */
  AudioCheck(SourceFrames source, String format, TsProblems problems) {
    super(source, problems);
    this.format = format;
  }

  @Override
  void pes(PesPacket packet) {
    if (hasSample()) {
      checkTime(packet);
    }
    byte[] data = packet.data().toArray();
    int at = 0;
    while (at < data.length) {
      if (!hasSample()) {
        problem("ts-extra-frame", packet, "a frame more than the plan has");
        return;
      }
      byte[] expected = sample();
      int header = header(data, at, expected.length);
      int next = at + header + expected.length;
      if (header < 0 || next > data.length) {
        problem("ts-frame-differs", packet, "no frame of the sample at byte " + at);
        return;
      }
      decrypt(data, at + header, expected.length);
      next(Arrays.equals(data, at + header, next, expected, 0, expected.length), packet);
      at = next;
    }
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
    SampleAesDecryptor aes = decryptor();
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
