package io.keymux.packager.ts;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.codec.AacCore;
import io.keymux.packager.encrypt.SampleAesCipher;
import org.jspecify.annotations.Nullable;

/**
 * AAC with an ADTS header in front of each frame.
 *
 * @see "ISO/IEC 14496-3, 1.A.3.2 ADTS fixed and variable header"
 */
final class AdtsFrames implements FrameFormat {
  static final int HEADER_BYTES = 7;

  private static final int MAX_FRAME_BYTES = (1 << 13) - 1;
  private static final int MAX_OBJECT_TYPE = 4;
  private static final int MAX_CHANNEL_CONFIGURATION = 7;
  private static final int FREQUENCIES = 13;

  private final int fixed;
  private final @Nullable SampleAesCipher cipher;

  /**
   * @throws DrmException with code {@code codec-not-in-ts} if a header has no room for what the
   *     config says
   */
  AdtsFrames(AacCore core, @Nullable SampleAesCipher cipher) {
    if (core.objectType() < 1 || core.objectType() > MAX_OBJECT_TYPE) {
      throw TsCodec.notInTs("AAC of object type " + core.objectType());
    }
    int channels = core.channelConfiguration();
    if (channels < 1 || channels > MAX_CHANNEL_CONFIGURATION) {
      throw TsCodec.notInTs("AAC with channel configuration " + channels);
    }
    if (core.frequencyIndex() >= FREQUENCIES) {
      throw TsCodec.notInTs("AAC at a sample rate outside of the standard's table");
    }
    if (core.shortFrames()) {
      throw TsCodec.notInTs("AAC with 960 samples a frame");
    }
    // syncword, ID, layer, protection_absent, profile, frequency index, private bit, channels
    this.fixed =
        0xfff1_0000
            | (core.mpeg2() ? 0x8_0000 : 0)
            | ((core.objectType() - 1) << 14)
            | (core.frequencyIndex() << 10)
            | (channels << 6);
    this.cipher = cipher;
  }

  @Override
  public void append(byte[] sample, int offset, int length, boolean sync, FrameBuffer to) {
    int frame = length + HEADER_BYTES;
    if (frame > MAX_FRAME_BYTES) {
      throw tooLarge("ADTS", length, MAX_FRAME_BYTES - HEADER_BYTES);
    }
    if (cipher != null) {
      cipher.encryptAudio(sample, offset, length);
    }
    to.reserve(frame);
    to.add(fixed >>> 24);
    to.add(fixed >>> 16);
    to.add(fixed >>> 8);
    to.add((fixed & 0xff) | (frame >>> 11));
    to.add(frame >>> 3);
    to.add(((frame & 7) << 5) | 0x1f); // buffer fullness 0x7ff: variable bit rate
    to.add(0xfc); // and one raw data block
    to.add(sample, offset, length);
  }

  static DrmException tooLarge(String what, int bytes, int most) {
    return new DrmException(
        Blame.UNSUPPORTED,
        "audio-frame-too-large",
        "%s has room for %d bytes of audio, and a frame has %d.".formatted(what, most, bytes),
        "Encode it at a lower bit rate, or package it as fragmented MP4.");
  }
}
