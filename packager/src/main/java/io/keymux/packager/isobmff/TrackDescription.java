package io.keymux.packager.isobmff;

import io.keymux.cpix.TrackType;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.packager.input.MediaSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one {@code moov} says of the samples of a track. A track of several key periods has several
 * init segments, which may differ in encryption alone.
 *
 * @param entries null if the track is neither video, audio nor text
 */
record TrackDescription(
    Children stbl,
    Optional<Box> dref,
    Optional<Box> elst,
    @Nullable TrackEntries entries,
    GroupDescriptions groups) {
  static TrackDescription of(
      @Nullable TrackType type,
      Children stbl,
      Optional<Box> dref,
      Optional<Box> elst,
      Children.Budget budget) {
    return new TrackDescription(
        stbl,
        dref,
        elst,
        type == null ? null : TrackEntries.read(stbl, type, budget),
        GroupDescriptions.of(stbl));
  }

  /**
   * The sample entry of all samples, in the clear.
   *
   * @param all of the track
   * @throws io.keymux.cpix.DrmException as {@link TrackEntries#shared}, of all together
   */
  static SampleEntry sharedEntry(List<TrackDescription> all, MediaSource source, int trackId) {
    SampleEntry shared = null;
    for (TrackDescription part : all) {
      TrackEntries entries = Objects.requireNonNull(part.entries());
      if (shared == null || entries.isUsed()) {
        SampleEntry entry = entries.shared(source, trackId, part.dref());
        if (shared != null && !TrackEntries.same(entry, shared)) {
          throw BadInput.severalEntries(source, trackId, all.size());
        }
        shared = shared == null ? entry : shared;
      }
    }
    return Objects.requireNonNull(shared);
  }

  /**
   * When the track is shown.
   *
   * @param all of the track
   * @throws io.keymux.cpix.DrmException with code {@code init-segments-differ} if they disagree
   */
  static EditList edit(
      List<TrackDescription> all, EditListReader reader, SampleTable samples, MediaSource source) {
    EditList first = all.get(0).edit(reader, samples);
    for (TrackDescription part : all.subList(1, all.size())) {
      if (!part.edit(reader, samples).equals(first)) {
        throw BadInput.initSegmentsDiffer(
            source.part(part.stbl().offset()), "they have other edit lists");
      }
    }
    return first;
  }

  private EditList edit(EditListReader reader, SampleTable samples) {
    return elst.map(box -> reader.read(box, samples)).orElse(EditList.NONE);
  }
}
