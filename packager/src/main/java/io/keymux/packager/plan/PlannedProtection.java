package io.keymux.packager.plan;

import io.keymux.packager.media.TrackProtection;
import org.jspecify.annotations.Nullable;

/** What manifests say of a segment's protection. */
public final class PlannedProtection {
  private PlannedProtection() {}

  /**
   * Null if the segment is clear.
   *
   * @param segment index in the plan
   */
  public static @Nullable TrackProtection of(TrackPlan plan, int segment) {
    TrackEncryption encryption = plan.encryption(segment);
    if (encryption != null) {
      return new TrackProtection(
          encryption.key().id(),
          encryption.scheme(),
          encryption.ivs().constant(),
          encryption.signaling());
    }
    return of(plan.segmentKey(segment));
  }

  /** Null if the init segment is clear. */
  public static @Nullable TrackProtection ofInit(TrackPlan plan) {
    return of(plan.initKey());
  }

  private static @Nullable TrackProtection of(@Nullable SegmentKey key) {
    return key == null
        ? null
        : new TrackProtection(key.key().id(), key.scheme(), key.explicitIv(), key.signaling());
  }
}
