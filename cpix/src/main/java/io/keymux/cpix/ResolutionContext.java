package io.keymux.cpix;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What usage rules are asked about: a track, perhaps in one key period. A video track whose frame
 * rate is 0 has an unknown one.
 *
 * @param unknown what nobody could tell of the track; its value there is a placeholder, and a rule
 *     that looks at it cannot be used
 * @param period null if none is named; a document with a single period then means that one
 * @see "DASH-IF CPIX, Usage rules processing"
 */
public record ResolutionContext(
    Track track, Set<TrackProperty> unknown, @Nullable KeyPeriodSelector period) {

  public ResolutionContext {
    Set<TrackProperty> all = EnumSet.noneOf(TrackProperty.class);
    all.addAll(unknown);
    if (track.type() == TrackType.VIDEO && !(track.frameRate() > 0)) {
      all.add(TrackProperty.FRAME_RATE);
    }
    unknown = Set.copyOf(all);
  }

  /** A track of which everything is known, in no period that is named. */
  public static ResolutionContext of(Track track) {
    return new ResolutionContext(track, Set.of(), null);
  }

  /** The same track in another period. */
  public ResolutionContext in(@Nullable KeyPeriodSelector other) {
    return new ResolutionContext(track, unknown, other);
  }

  /** The same, but {@code properties} of the track are unknown too. */
  public ResolutionContext lacking(TrackProperty... properties) {
    Set<TrackProperty> all = new HashSet<>(unknown);
    all.addAll(List.of(properties));
    return new ResolutionContext(track, all, period);
  }
}
