package io.keymux.packager.isobmff;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the samples of a track are encrypted, while they are still being collected. */
final class ProtectionDraft {
  private static final String KEY_GROUP = "seig";

  private final MediaSource source;
  private final Children stbl;
  private final SampleProtectionBuilder samples = new SampleProtectionBuilder();
  private @Nullable List<Bytes> keysOfMovie;

  ProtectionDraft(MediaSource source, Children stbl) {
    this.source = source;
    this.stbl = stbl;
  }

  /**
   * Samples that {@code boxes} speak of.
   *
   * @param boxes of the {@code traf}, or the {@code stbl} itself
   * @param base what the offsets of {@code saio} count from, in bytes of the source
   * @param first index of the first sample in the track
   * @param schemes of each sample; null where the sample entry is clear
   * @param runs index among these of the first sample of each {@code trun} or chunk
   * @param sizes of each, in bytes
   */
  void add(
      Children boxes,
      long base,
      int first,
      List<@Nullable SchemeInformation> schemes,
      int[] runs,
      int[] sizes) {
    List<@Nullable ProtectionSetting> settings = settings(boxes, schemes);
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

  private List<@Nullable ProtectionSetting> settings(
      Children boxes, List<@Nullable SchemeInformation> schemes) {
    List<@Nullable ProtectionSetting> settings = new ArrayList<>();
    int[] groups = GroupBoxes.ofSamples(boxes, KEY_GROUP, schemes.size());
    boolean grouped = Arrays.stream(groups).anyMatch(index -> index != 0);
    List<Bytes> own = grouped ? GroupBoxes.descriptions(boxes, KEY_GROUP) : List.of();
    for (int i = 0; i < groups.length; i++) {
      SchemeInformation scheme = schemes.get(i);
      if (scheme == null || groups[i] == 0) {
        settings.add(scheme == null ? null : scheme.setting());
      } else if (i > 0 && groups[i] == groups[i - 1] && scheme.equals(schemes.get(i - 1))) {
        settings.add(settings.get(i - 1));
      } else {
        byte[] seig = description(boxes, own, groups[i]).toArray();
        settings.add(
            ProtectionSetting.read(
                scheme.scheme(), new BoxReader(seig, boxes.offset()), /* patterns= */ true));
      }
    }
    return settings;
  }

  private Bytes description(Children boxes, List<Bytes> own, int index) {
    List<Bytes> ofMovie = keysOfMovie;
    if (ofMovie == null) {
      ofMovie = GroupBoxes.descriptions(stbl, KEY_GROUP);
      keysOfMovie = ofMovie;
    }
    List<Bytes> from = index > GroupBoxes.LOCAL ? own : ofMovie;
    int at = index > GroupBoxes.LOCAL ? index - GroupBoxes.LOCAL : index;
    if (at < 1 || at > from.size()) {
      throw new MalformedBoxException(
          boxes.offset(), "sample group description %d of seig does not exist".formatted(index));
    }
    return from.get(at - 1);
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
