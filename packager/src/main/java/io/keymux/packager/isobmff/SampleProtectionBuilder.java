package io.keymux.packager.isobmff;

import io.keymux.cpix.box.MalformedBoxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects how the samples of one track are encrypted, in decode order. */
final class SampleProtectionBuilder {
  private static final int MAX_INFO_BYTES = 1 << 30;

  private final List<ProtectionSetting> settings = new ArrayList<>();
  private char[] used = new char[64];
  private int[] starts = new int[65];
  private byte[] info = new byte[1024];
  private int count;

  /** Takes all samples before the one with that index as clear, unless something is said of it. */
  void clearUntil(int sample) {
    while (count < sample) {
      add(null, new byte[0], 0);
    }
  }

  /**
   * Appends a sample.
   *
   * @param bytes its IV and subsamples
   * @param at place in the file, for messages
   */
  void add(@Nullable ProtectionSetting setting, byte[] bytes, long at) {
    if (count == used.length) {
      used = Arrays.copyOf(used, count * 2);
      starts = Arrays.copyOf(starts, count * 2 + 1);
    }
    int end = starts[count] + bytes.length;
    if (end > MAX_INFO_BYTES) {
      throw new MalformedBoxException(at, "IVs and subsamples of more than " + MAX_INFO_BYTES);
    }
    if (end > info.length) {
      info = Arrays.copyOf(info, Math.max(end, info.length * 2));
    }
    System.arraycopy(bytes, 0, info, starts[count], bytes.length);
    used[count] = setting == null ? 0 : number(setting, at);
    starts[++count] = end;
  }

  private char number(ProtectionSetting setting, long at) {
    int last = count == 0 ? 0 : used[count - 1];
    if (last > 0 && settings.get(last - 1).equals(setting)) {
      return (char) last;
    }
    int found = settings.indexOf(setting);
    if (found < 0) {
      if (settings.size() == Character.MAX_VALUE) {
        throw new MalformedBoxException(at, "more than " + settings.size() + " keys and IVs");
      }
      settings.add(setting);
      found = settings.size() - 1;
    }
    return (char) (found + 1);
  }

  /**
   * @param samples of the track
   * @return null if all are clear
   */
  @Nullable SampleProtection build(int samples) {
    if (settings.isEmpty()) {
      return null;
    }
    clearUntil(samples);
    return new SampleProtection(
        settings,
        Arrays.copyOf(used, samples),
        Arrays.copyOf(starts, samples + 1),
        Arrays.copyOf(info, starts[samples]));
  }
}
