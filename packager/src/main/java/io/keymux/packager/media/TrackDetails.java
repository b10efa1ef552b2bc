package io.keymux.packager.media;

import io.keymux.cpix.Track;
import io.keymux.packager.codec.SpatialAudio;
import io.keymux.packager.codec.SupplementalCodec;
import io.keymux.packager.codec.TrackCodec;
import io.keymux.packager.codec.VideoRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What manifests say of a track and key rules never look at.
 *
 * @param supplemental a codec that may be used instead, or null
 * @param spatial objects or immersive sound, or null
 * @param picturesOf the track whose sync samples alone it holds, for trick play, or null
 * @param events that the segments carry, each kind once
 */
public record TrackDetails(
    VideoRange range,
    @Nullable SupplementalCodec supplemental,
    @Nullable SpatialAudio spatial,
    Selection selection,
    PlaybackPolicy policy,
    @Nullable Track picturesOf,
    List<EventStream> events) {
  public TrackDetails {
    events = List.copyOf(events);
  }

  /** Of a track without events. */
  public TrackDetails(
      VideoRange range,
      @Nullable SupplementalCodec supplemental,
      @Nullable SpatialAudio spatial,
      Selection selection,
      PlaybackPolicy policy,
      @Nullable Track picturesOf) {
    this(range, supplemental, spatial, selection, policy, picturesOf, List.of());
  }

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
    return new TrackDetails(range, supplemental, spatial, selection, newPolicy, picturesOf, events);
  }

  /** The same with events. */
  public TrackDetails with(List<EventStream> newEvents) {
    return new TrackDetails(range, supplemental, spatial, selection, policy, picturesOf, newEvents);
  }
}
