package io.keymux.keyserver.drmtoday;

import io.keymux.keyserver.answer.TrackTypeNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * How keys are put into DRMtoday.
 *
 * @param variantId of the asset; often empty
 * @param overwriteExistingKeys whether keys that the asset has already are replaced; else DRMtoday
 *     refuses others
 * @param signaling whether to ask for signalling (v3 only; v2 gives it unasked)
 * @param trackTypes DRMtoday's stream types
 */
public record DrmTodayOptions(
    IngestVersion version,
    String variantId,
    boolean overwriteExistingKeys,
    boolean signaling,
    TrackTypeNames trackTypes) {
  /** The stream types that are known; a key for everything is one for {@code VIDEO_AUDIO}. */
  public static final TrackTypeNames STREAM_TYPES =
      new TrackTypeNames(
          Map.of("ALL", "VIDEO_AUDIO"),
          new LinkedHashSet<>(
              List.of("VIDEO_AUDIO", "VIDEO", "AUDIO", "SD", "HD", "UHD1", "UHD2")));

  /** No variant, existing keys are kept, with signalling, {@link #STREAM_TYPES}. */
  public static DrmTodayOptions of(IngestVersion version) {
    return new DrmTodayOptions(version, "", false, true, STREAM_TYPES);
  }

  public DrmTodayOptions withVariantId(String other) {
    return new DrmTodayOptions(version, other, overwriteExistingKeys, signaling, trackTypes);
  }

  public DrmTodayOptions withOverwriteExistingKeys(boolean overwrite) {
    return new DrmTodayOptions(version, variantId, overwrite, signaling, trackTypes);
  }

  public DrmTodayOptions withSignaling(boolean wanted) {
    return new DrmTodayOptions(version, variantId, overwriteExistingKeys, wanted, trackTypes);
  }

  public DrmTodayOptions withTrackTypes(TrackTypeNames others) {
    return new DrmTodayOptions(version, variantId, overwriteExistingKeys, signaling, others);
  }
}
