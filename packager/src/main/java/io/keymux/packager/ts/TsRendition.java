package io.keymux.packager.ts;

import io.keymux.cpix.TrackType;
import io.keymux.packager.job.EncryptionKind;
import io.keymux.packager.plan.EncryptionPlan;
import io.keymux.packager.plan.SegmentKey;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.ts.SegmentProtection.Method;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tracks that share segment files.
 *
 * @param tracks of audio and video; one, unless it is a transport stream
 * @param packedAudio one audio track without a transport stream around it
 * @param protection for as many segments as the longest track has
 */
public record TsRendition(
    List<TrackPlan> tracks, boolean packedAudio, SegmentProtection protection) {
  public TsRendition {
    tracks = List.copyOf(tracks);
    if (tracks.isEmpty() || (packedAudio && tracks.size() > 1)) {
      throw new IllegalArgumentException(tracks.size() + " tracks in one rendition");
    }
    int segments = tracks.stream().mapToInt(t -> t.segments().size()).max().orElse(0);
    if (!protection.keys().isEmpty() && protection.keys().size() != segments) {
      throw new IllegalArgumentException(
          protection.keys().size() + " keys for " + segments + " segments");
    }
  }

  /**
   * The renditions of a job: video in transport streams, audio as it is, each track on its own.
   * Text has no place in them.
   */
  public static List<TsRendition> all(EncryptionPlan plan) {
    Method method =
        plan.job().kind() == EncryptionKind.SEGMENTS ? Method.AES_128 : Method.SAMPLE_AES;
    return plan.media().stream()
        .map(
            track ->
                new TsRendition(
                    List.of(track),
                    track.source().media().type() == TrackType.AUDIO,
                    new SegmentProtection(method, keys(track))))
        .toList();
  }

  private static List<@Nullable HlsSegmentKey> keys(TrackPlan track) {
    List<@Nullable HlsSegmentKey> keys = new ArrayList<>();
    for (int s = 0; s < track.segments().size(); s++) {
      SegmentKey key = track.segmentKey(s);
      keys.add(key == null ? null : new HlsSegmentKey(key.key(), key.iv(track.firstNumber() + s)));
    }
    return keys;
  }

  /** That of the first track. */
  public String name() {
    return tracks.get(0).name();
  }

  /** Segments of the longest track. */
  public int segments() {
    return tracks.stream().mapToInt(t -> t.segments().size()).max().orElse(0);
  }
}
