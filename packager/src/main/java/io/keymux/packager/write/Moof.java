package io.keymux.packager.write;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.isobmff.SampleGroup;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.plan.FragmentPlan;
import io.keymux.packager.plan.TrackEncryption;
import io.keymux.packager.plan.TrackPlan;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the {@code moof} of one fragment, and the header of the {@code mdat} behind it.
 *
 * @see "ISO/IEC 14496-12, 8.8 Movie Fragments"
 */
final class Moof {
  private static final int TRACK_ID = 1;
  private static final int DEFAULT_BASE_IS_MOOF = 0x020000;
  private static final int SYNC_FLAGS = 0x02000000;
  private static final int NON_SYNC_FLAGS = 0x01010000;
  private static final int MDAT_HEADER_BYTES = 8;

  private final TrackPlan plan;
  private final SampleTable samples;
  private final FragmentPlan fragment;
  private final BoxWriter out;
  private int dataOffsetAt;

  private Moof(TrackPlan plan, FragmentPlan fragment, BoxWriter out) {
    this.plan = plan;
    this.samples = plan.source().media().samples();
    this.fragment = fragment;
    this.out = out;
  }

  /**
   * Appends {@code moof} and {@code mdat} header to {@code out}.
   *
   * @param encryption of the samples, or null if they are clear
   * @param info what decryptors need of each sample, or null if they are clear
   * @param opensSegment whether the fragment is the first of its segment
   */
  static void write(
      BoxWriter out,
      TrackPlan plan,
      FragmentPlan fragment,
      int sequence,
      @Nullable TrackEncryption encryption,
      @Nullable SampleEncryptionInfo info,
      boolean opensSegment) {
    new Moof(plan, fragment, out).write(sequence, encryption, info, opensSegment);
  }

  private void write(
      int sequence,
      @Nullable TrackEncryption encryption,
      @Nullable SampleEncryptionInfo info,
      boolean opensSegment) {
    boolean clearEntry = encryption == null && plan.isPartlyClear();
    boolean otherKey = encryption != null && !encryption.equals(plan.encryption());
    int start = out.size();
    box(
        "moof",
        () -> {
          fullBox("mfhd", 0, 0, () -> out.u32(sequence));
          box(
              "traf",
              () -> {
                tfhdAndTrun(clearEntry);
                for (SampleGroup group : plan.source().media().groups()) {
                  SampleGroups.assign(out, group, fragment.firstSample(), fragment.endSample());
                }
                if (otherKey) {
                  KeyGroup.write(out, Objects.requireNonNull(encryption), fragment.samples());
                }
                if (info != null) {
                  info.write(out, start);
                }
              });
          if (encryption != null && opensSegment) {
            encryption.fragmentPssh().forEach(pssh -> out.bytes(pssh.toArray()));
          }
        });
    out.patchU32(dataOffsetAt, out.size() - start + MDAT_HEADER_BYTES);
    out.u32(fragment.bytes() + (long) MDAT_HEADER_BYTES).u32(FourCc.of("mdat"));
  }

  private void tfhdAndTrun(boolean clearEntry) {
    int first = fragment.firstSample();
    int end = fragment.endSample();
    requireDurations(first, end);
    boolean sameDuration = true;
    boolean sameSize = true;
    boolean offsets = false;
    boolean negative = false;
    boolean allSync = true;
    boolean onlyFirstSync = samples.isSync(first);
    for (int i = first; i < end; i++) {
      sameDuration &= samples.duration(i) == samples.duration(first);
      sameSize &= samples.size(i) == samples.size(first);
      offsets |= samples.compositionOffset(i) != 0;
      negative |= samples.compositionOffset(i) < 0;
      allSync &= samples.isSync(i);
      onlyFirstSync &= i == first || !samples.isSync(i);
    }
    boolean noneSync = !samples.isSync(first) && samples.nextSync(first) < 0;
    noneSync |= !samples.isSync(first) && samples.nextSync(first) >= end;
    boolean flagsEach = !(allSync || onlyFirstSync || noneSync);

    boolean defaultDuration = sameDuration;
    boolean defaultSize = sameSize;
    boolean defaultFlagsSync = allSync;
    fullBox(
        "tfhd",
        0,
        DEFAULT_BASE_IS_MOOF
            | (clearEntry ? 0x2 : 0)
            | (defaultDuration ? 0x8 : 0)
            | (defaultSize ? 0x10 : 0)
            | 0x20,
        () -> {
          out.u32(TRACK_ID);
          if (clearEntry) {
            out.u32(InitSegment.CLEAR_ENTRY);
          }
          if (defaultDuration) {
            out.u32(samples.duration(first));
          }
          if (defaultSize) {
            out.u32(samples.size(first));
          }
          out.u32(defaultFlagsSync ? SYNC_FLAGS : NON_SYNC_FLAGS);
        });
    fullBox("tfdt", 1, 0, () -> out.u64(samples.decodeTime(first) + plan.decodeTimeShift()));

    boolean firstFlags = !allSync && onlyFirstSync;
    boolean eachOffset = offsets;
    int flags =
        0x1
            | (firstFlags ? 0x4 : 0)
            | (defaultDuration ? 0 : 0x100)
            | (defaultSize ? 0 : 0x200)
            | (flagsEach ? 0x400 : 0)
            | (eachOffset ? 0x800 : 0);
    fullBox(
        "trun",
        negative ? 1 : 0,
        flags,
        () -> {
          out.u32(fragment.samples());
          dataOffsetAt = out.size();
          out.u32(0);
          if (firstFlags) {
            out.u32(SYNC_FLAGS);
          }
          for (int i = first; i < end; i++) {
            if (!defaultDuration) {
              out.u32(samples.duration(i));
            }
            if (!defaultSize) {
              out.u32(samples.size(i));
            }
            if (flagsEach) {
              out.u32(samples.isSync(i) ? SYNC_FLAGS : NON_SYNC_FLAGS);
            }
            if (eachOffset) {
              out.u32(samples.compositionOffset(i));
            }
          }
        });
  }

  /** A gap in a fragmented input lengthens the sample before it, perhaps beyond 32 bits. */
  private void requireDurations(int first, int end) {
    for (int i = first; i < end; i++) {
      if (samples.duration(i) > 0xffffffffL) {
        throw new DrmException(
            Blame.UNSUPPORTED,
            "sample-too-long",
            "Track %s, sample %d lasts %d ticks, more than 32 bits hold."
                .formatted(plan.name(), i, samples.duration(i)),
            "Cut the input where its time line has the gap.");
      }
    }
  }

  private void box(String type, Runnable body) {
    out.box(FourCc.of(type), body);
  }

  private void fullBox(String type, int version, int flags, Runnable body) {
    out.fullBox(FourCc.of(type), version, flags, body);
  }
}
