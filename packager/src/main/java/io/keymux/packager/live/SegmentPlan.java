package io.keymux.packager.live;

import io.keymux.packager.media.TrackProtection;
import io.keymux.packager.plan.TrackEncryption;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the tracks of a segment are encrypted and described, for all segments of a key period.
 *
 * @param period counted from 0, or {@link io.keymux.packager.job.KeySchedule#CLEAR}
 * @param encryptions of each track; null where it stays clear
 * @param initial what the init segment says of each track; null where it stays clear
 * @param clearEntries for each track the sample entry of samples that stay clear, or 0 if it has no
 *     such entry
 * @param protection for manifests, or null if all tracks stay clear
 */
record SegmentPlan(
    int period,
    List<@Nullable TrackEncryption> encryptions,
    List<@Nullable TrackEncryption> initial,
    List<Integer> clearEntries,
    @Nullable TrackProtection protection) {
  SegmentPlan {
    encryptions = Collections.unmodifiableList(encryptions);
    initial = Collections.unmodifiableList(initial);
    clearEntries = List.copyOf(clearEntries);
  }

  /** Whether samples have another key than the init segment says. */
  boolean hasOtherKey(int track) {
    TrackEncryption first = initial.get(track);
    TrackEncryption now = encryptions.get(track);
    return now != null && (first == null || !first.key().equals(now.key()));
  }
}
