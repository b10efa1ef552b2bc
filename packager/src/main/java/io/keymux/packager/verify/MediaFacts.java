package io.keymux.packager.verify;

import io.keymux.cpix.KeyId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was read of one init segment and its media segments, for comparison with manifests.
 *
 * @param main the video track, or the first if there is none; null if there is no track
 * @param keysInFragments whether fragments have {@code pssh} boxes
 * @param pieces one for each media segment, of the main track
 */
record MediaFacts(
    InitBoxes init, @Nullable TrackBoxes main, boolean keysInFragments, List<Piece> pieces) {
  MediaFacts {
    pieces = List.copyOf(pieces);
  }

  /**
   * A media segment; times in ticks.
   *
   * @param begin earliest presentation time of a sample, before the edit list
   * @param end presentation time at which the last sample to be shown ends
   * @param decodeTicks duration of all samples
   * @param keyIds that samples are encrypted with; empty if all are clear
   */
  record Piece(
      long begin, long end, long decodeTicks, int samples, long bytes, Set<KeyId> keyIds) {}

  /** Where presentation of the first media segment begins, on the media's clock. */
  double beginSeconds() {
    return main == null || pieces.isEmpty()
        ? 0
        : (double) (pieces.get(0).begin() - main.edit().mediaTime()) / main.timescale();
  }

  /** Average duration of a sample in seconds; 0 if there is none. */
  double sampleSeconds() {
    long ticks = pieces.stream().mapToLong(Piece::decodeTicks).sum();
    long samples = pieces.stream().mapToLong(Piece::samples).sum();
    return samples == 0 || main == null ? 0 : (double) ticks / samples / main.timescale();
  }
}
