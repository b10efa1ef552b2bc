package io.keymux.packager.bento4;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.packager.isobmff.ProtectionSetting;
import io.keymux.packager.isobmff.SampleProtection;
import io.keymux.packager.plan.TrackPlan;
import java.util.List;

/**
 * Holds the sizes of {@code saiz} against the entries of {@code senc}. A sample of many subsamples
 * has more than fits in one byte, and Bento4 drops the rest without a word.
 *
 * @see "ISO/IEC 14496-12, 8.7.8 Sample auxiliary information sizes box"
 */
final class SaizCheck {
  private static final int MAX_INFO_BYTES = 255;

  private final TrackPlan plan;
  private final SampleProtection protection;
  private final int samples;
  private int next;

  private SaizCheck(TrackPlan plan, SampleProtection protection) {
    this.plan = plan;
    this.protection = protection;
    this.samples = plan.source().media().samples().count();
  }

  /**
   * @throws io.keymux.cpix.DrmException with code {@code too-many-subsamples} or {@code
   *     tool-output-wrong}
   */
  static void check(TrackPlan plan, EncryptedTrack track, SampleProtection protection) {
    SaizCheck check = new SaizCheck(plan, protection);
    for (int i = 0; i < check.samples; i++) {
      if (check.wanted(i) > MAX_INFO_BYTES) {
        throw BadBento4File.tooManySubsamples(plan, i, protection.subsamples(i), check.wanted(i));
      }
    }
    FragmentWalk.walk(track.source(), check::fragment);
  }

  private void fragment(List<Box> traf) {
    int count = 0;
    for (Box box : traf) {
      if (box.name().equals("trun")) {
        BoxReader in = box.body();
        in.skip(4);
        count += (int) in.u32();
      }
    }
    int end = Math.min(samples, next + count);
    Box saiz = traf.stream().filter(b -> b.name().equals("saiz")).findFirst().orElse(null);
    BoxReader in = saiz == null ? new BoxReader(new byte[9], 0) : saiz.body();
    in.skip((in.i32() & 1) != 0 ? 8 : 0);
    int size = in.u8();
    long told = in.u32();
    for (int i = 0; next < end; i++, next++) {
      int found = i >= told ? 0 : size == 0 ? in.u8() : size;
      if (found != wanted(next)) {
        throw BadBento4File.wrong(
            plan,
            "saiz says %d bytes of sample %d, senc has %d".formatted(found, next, wanted(next)));
      }
    }
  }

  /** Bytes of the auxiliary information of a sample. */
  private int wanted(int sample) {
    ProtectionSetting setting = protection.setting(sample);
    int subsamples = protection.subsamples(sample);
    return (setting == null ? 0 : setting.ivBytes()) + (subsamples == 0 ? 0 : 2 + 6 * subsamples);
  }
}
