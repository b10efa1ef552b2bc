package io.keymux.packager.isobmff;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the samples of a track are encrypted, while they are still being collected. */
final class ProtectionDraft {
  private final MediaSource source;
  private final SampleProtectionBuilder samples = new SampleProtectionBuilder();

  ProtectionDraft(MediaSource source) {
    this.source = source;
  }

  /**
   * Samples that {@code boxes} speak of.
   *
   * @param boxes of the {@code traf}, or the {@code stbl} itself
   * @param scope the groups that samples may be in
   * @param base what the offsets of {@code saio} count from, in bytes of the source
   * @param first index of the first sample in the track
   * @param schemes of each sample; null where the sample entry is clear
   * @param runs index among these of the first sample of each {@code trun} or chunk
   * @param sizes of each, in bytes
   */
  void add(
      Children boxes,
      GroupScope scope,
      long base,
      int first,
      List<@Nullable SchemeInformation> schemes,
      int[] runs,
      int[] sizes) {
    List<@Nullable ProtectionSetting> settings = settings(boxes, scope, schemes);
    byte[][] info = new AuxiliaryInfo(boxes, source, base).read(settings, runs);
    samples.clearUntil(first);
    for (int i = 0; i < info.length; i++) {
      samples.add(settings.get(i), info[i], boxes.offset());
      requireFit(settings.get(i), info[i], sizes[i], boxes);
    }
  }

  @Nullable SampleProtection build(int count) {
    return samples.build(count);
  }

  private static List<@Nullable ProtectionSetting> settings(
      Children boxes, GroupScope scope, List<@Nullable SchemeInformation> schemes) {
    List<@Nullable ProtectionSetting> settings = new ArrayList<>();
    for (Box box : SampleToGroup.boxes(boxes)) {
      if (GroupDescriptions.type(box) == GroupReader.KEYS) {
        SampleToGroup map = SampleToGroup.read(box, schemes.size());
        for (int run = 0; run < map.counts().length; run++) {
          Bytes seig = scope.description(GroupReader.KEYS, map.indexes()[run]);
          add(settings, schemes, map.counts()[run], seig, boxes.offset());
        }
        break;
      }
    }
    Bytes usual = scope.usual(GroupReader.KEYS);
    add(settings, schemes, schemes.size() - settings.size(), usual, boxes.offset());
    return settings;
  }

  /** Appends the setting of samples in the same group, or in none. */
  private static void add(
      List<@Nullable ProtectionSetting> settings,
      List<@Nullable SchemeInformation> schemes,
      int samples,
      @Nullable Bytes seig,
      long place) {
    SchemeInformation last = null;
    ProtectionSetting setting = null;
    for (int left = samples; left > 0; left--) {
      SchemeInformation scheme = schemes.get(settings.size());
      if (scheme != null && !scheme.equals(last)) {
        setting =
            seig == null
                ? scheme.setting()
                : ProtectionSetting.read(
                    scheme.scheme(), new BoxReader(seig.toArray(), place), /* patterns= */ true);
        last = scheme;
      }
      settings.add(scheme == null ? null : setting);
    }
  }

  private static void requireFit(
      @Nullable ProtectionSetting setting, byte[] info, int size, Children boxes) {
    long covered = 0;
    BoxReader in = new BoxReader(info, boxes.offset());
    in.skip(setting == null ? 0 : setting.ivBytes());
    for (int left = in.hasRemaining() ? in.u16() : 0; left > 0; left--) {
      covered += in.u16() + in.u32();
    }
    if (setting != null && covered > size) {
      throw new MalformedBoxException(
          boxes.offset(), "subsamples of %d bytes in a sample of %d".formatted(covered, size));
    }
  }
}
