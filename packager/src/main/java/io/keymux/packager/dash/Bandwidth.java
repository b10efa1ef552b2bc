package io.keymux.packager.dash;

import io.keymux.cpix.TrackType;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Segment;

/**
 * The bandwidth of a Representation and the buffer that goes with it: a client that fills its
 * buffer at {@link #of bandwidth} for {@link #bufferSeconds} can play from any segment on without a
 * stall.
 *
 * @see "ISO/IEC 23009-1, 5.3.5.2 Representation: bandwidth"
 */
final class Bandwidth {
  private Bandwidth() {}

  /** In bit/s, at least 1. The same as in HLS. */
  static long of(PackagedTrack track, long targetSeconds) {
    long bitrate =
        track.track().type() == TrackType.TEXT
            ? textBitrate(track, targetSeconds)
            : track.peakBitrate(targetSeconds);
    return Math.max(1, bitrate);
  }

  /** Text may lie in one long segment, which must not make players fill a buffer of its length. */
  private static long textBitrate(PackagedTrack track, long targetSeconds) {
    double peak = 0;
    for (Segment segment : track.segments()) {
      double seconds = (double) segment.duration() / track.timescale();
      peak =
          Math.max(peak, segment.range().length() * 8 / Math.min(seconds, (double) targetSeconds));
    }
    return (long) Math.ceil(peak);
  }

  /**
   * @param bandwidth in bit/s, at least 1
   */
  static double bufferSeconds(PackagedTrack track, long bandwidth) {
    double longest = 0;
    double lag = 0;
    for (Segment segment : track.segments()) {
      double download = segment.range().length() * 8.0 / bandwidth;
      // Starting here, or worse: starting earlier and being late already.
      lag = Math.max(download, lag + download);
      longest = Math.max(longest, lag);
      lag -= (double) segment.duration() / track.timescale();
    }
    return longest;
  }
}
