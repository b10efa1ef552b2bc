package io.keymux.packager.media;

import io.keymux.cpix.Track;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A track as it lies in the output.
 *
 * @param timescale ticks a second of {@code segments}
 * @param initPath file with the init segment, relative to the output folder, with {@code /}
 * @param initRange of the init segment in that file
 * @param indexRange of the {@code sidx}, or null in the layout {@link Layout#SEGMENTS}
 * @param segments in order, without gaps in time, at least one
 * @param protection or null if the track is clear
 */
public record PackagedTrack(
    Track track,
    int timescale,
    String initPath,
    ByteRange initRange,
    @Nullable ByteRange indexRange,
    List<Segment> segments,
    @Nullable TrackProtection protection) {
  public PackagedTrack {
    segments = List.copyOf(segments);
  }

  /** End of the last segment, in seconds of the presentation. */
  public double endSeconds() {
    Segment last = segments.get(segments.size() - 1);
    return (double) (last.start() + last.duration()) / timescale;
  }

  /** The highest bit rate of any segment, in bit/s, rounded up. */
  public long peakBitrate() {
    long peak = 0;
    for (Segment s : segments) {
      peak = Math.max(peak, bitrate(s.range().length(), s.duration()));
    }
    return peak;
  }

  /** The bit rate over all segments, in bit/s, rounded up. */
  public long averageBitrate() {
    long bytes = 0;
    long ticks = 0;
    for (Segment s : segments) {
      bytes += s.range().length();
      ticks += s.duration();
    }
    return bitrate(bytes, ticks);
  }

  private long bitrate(long bytes, long ticks) {
    return (long) Math.ceil(bytes * 8.0 * timescale / ticks);
  }
}
