package io.keymux.packager.isobmff;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How each sample of an encrypted track is encrypted: setting, IV and subsamples, in the bytes that
 * {@code senc} has of it. Immutable.
 */
public final class SampleProtection {
  private static final int RANGE_BYTES = 6;

  private final List<ProtectionSetting> settings;
  private final char[] used;
  private final int[] starts;
  private final byte[] info;

  /**
   * @param used for each sample a number in {@code settings} counted from 1, or 0 if it is clear
   * @param starts of each sample's bytes in {@code info}; one more than there are samples
   */
  SampleProtection(List<ProtectionSetting> settings, char[] used, int[] starts, byte[] info) {
    this.settings = List.copyOf(settings);
    this.used = used;
    this.starts = starts;
    this.info = info;
  }

  /** All that are in use, each once. */
  public List<ProtectionSetting> settings() {
    return settings;
  }

  /** Null if the sample is clear. */
  public @Nullable ProtectionSetting setting(int sample) {
    return used[sample] == 0 ? null : settings.get(used[sample] - 1);
  }

  /** Writes the IV of an encrypted sample, with zeros behind one of 8 bytes. */
  public void iv(int sample, byte[] target) {
    ProtectionSetting setting = settings.get(used[sample] - 1);
    Arrays.fill(target, (byte) 0);
    if (setting.constantIv() != null) {
      byte[] constant = setting.constantIv().toArray();
      System.arraycopy(constant, 0, target, 0, constant.length);
    } else {
      System.arraycopy(info, starts[sample], target, 0, setting.ivBytes());
    }
  }

  /** How many subsamples a sample has; 0 if it is encrypted whole. */
  public int subsamples(int sample) {
    int at = ranges(sample);
    return starts[sample + 1] - at < 2 ? 0 : u16(at);
  }

  /** Clear bytes at the start of a subsample. */
  public int clearBytes(int sample, int subsample) {
    return u16(ranges(sample) + 2 + RANGE_BYTES * subsample);
  }

  /** Protected bytes behind the clear ones. */
  public int protectedBytes(int sample, int subsample) {
    int at = ranges(sample) + 4 + RANGE_BYTES * subsample;
    return u16(at) << 16 | u16(at + 2);
  }

  private int ranges(int sample) {
    ProtectionSetting setting = setting(sample);
    return starts[sample] + (setting == null ? 0 : setting.ivBytes());
  }

  private int u16(int at) {
    return (info[at] & 0xff) << 8 | (info[at + 1] & 0xff);
  }
}
