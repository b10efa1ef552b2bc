package io.keymux.packager.media;

import io.keymux.cpix.Track;
import io.keymux.packager.codec.SpatialAudio;
import io.keymux.packager.codec.SupplementalCodec;
import io.keymux.packager.codec.TrackCodec;
import io.keymux.packager.codec.VideoRange;
import org.jspecify.annotations.Nullable;

/**
 * What manifests say of a track and key rules never look at.
 *
 * @param supplemental a codec that may be used instead, or null
 * @param spatial objects or immersive sound, or null
 * @param picturesOf the track whose sync samples alone it holds, for trick play, or null
 */
public record TrackDetails(
    VideoRange range,
    @Nullable SupplementalCodec supplemental,
    @Nullable SpatialAudio spatial,
    Selection selection,
    PlaybackPolicy policy,
    @Nullable Track picturesOf) {
  /** Of a plain track. */
  public static final TrackDetails PLAIN =
      new TrackDetails(VideoRange.SDR, null, null, Selection.NONE, PlaybackPolicy.NONE, null);

  /** Of a codec and of what the job says about its input. */
  public static TrackDetails of(TrackCodec codec, Selection selection, PlaybackPolicy policy) {
    return new TrackDetails(
        codec.range(), codec.supplemental(), codec.spatial(), selection, policy, null);
  }

  /** The same for a track that holds the sync samples of {@code main}. */
  public TrackDetails picturesOf(Track main) {
    return new TrackDetails(range, supplemental, spatial, selection, policy, main);
  }

  /** The same with another policy. */
  public TrackDetails with(PlaybackPolicy newPolicy) {
    return new TrackDetails(range, supplemental, spatial, selection, newPolicy, picturesOf);
  }
}
