package io.keymux.packager.media;

import io.keymux.cpix.Track;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A track as it lies in the output, or a part of it that has an init segment of its own.
 *
 * @param part counts from 0
 * @param timescale ticks a second of {@code segments}
 * @param initPath file with the init segment, relative to the output folder, with {@code /}; empty
 *     if segments need none, as MPEG-TS and packed audio
 * @param initRange of the init segment in that file
 * @param initProtection of the init segment as a file, with the IV that its key line names; null if
 *     it is clear
 * @param indexRange of the {@code sidx}, or null in the layout {@link Layout#SEGMENTS}
 * @param segments in order, without gaps in time, at least one
 * @param playlistPath of its HLS playlist, relative to the output folder, with {@code /}
 */
public record PackagedTrack(
    Track track,
    TrackDetails details,
    int part,
    int timescale,
    String initPath,
    ByteRange initRange,
    @Nullable TrackProtection initProtection,
    @Nullable ByteRange indexRange,
    List<Segment> segments,
    String playlistPath) {
  public PackagedTrack {
    segments = List.copyOf(segments);
  }

  /** With its playlist in a folder of the track's name. */
  public PackagedTrack(
      Track track,
      TrackDetails details,
      int part,
      int timescale,
      String initPath,
      ByteRange initRange,
      @Nullable TrackProtection initProtection,
      @Nullable ByteRange indexRange,
      List<Segment> segments) {
    this(
        track,
        details,
        part,
        timescale,
        initPath,
        initRange,
        initProtection,
        indexRange,
        segments,
        track.name() + "/media.m3u8");
  }

  /** With a clear init segment, or none. */
  public PackagedTrack(
      Track track,
      TrackDetails details,
      int part,
      int timescale,
      String initPath,
      ByteRange initRange,
      @Nullable ByteRange indexRange,
      List<Segment> segments) {
    this(track, details, part, timescale, initPath, initRange, null, indexRange, segments);
  }

  /** Of its HLS playlist of pictures, relative to the output folder, with {@code /}. */
  public String picturesPath() {
    String usual = track.name() + "/media.m3u8";
    return playlistPath.equals(usual)
        ? track.name() + "/iframes.m3u8"
        : playlistPath.replaceFirst("\\.m3u8$", "-iframes.m3u8");
  }

  /** Whether there is an init segment. */
  public boolean hasInit() {
    return !initPath.isEmpty();
  }

  /** The protection of the first segment that has one, or null if the track is clear. */
  public @Nullable TrackProtection protection() {
    for (Segment segment : segments) {
      if (segment.protection() != null) {
        return segment.protection();
      }
    }
    return null;
  }

  /** The distinct protections of the segments, in order; several if keys change in the media. */
  public List<TrackProtection> protections() {
    return segments.stream().map(Segment::protection).filter(Objects::nonNull).distinct().toList();
  }

  /** Start of the first segment, in seconds of the presentation. */
  public double startSeconds() {
    return (double) segments.get(0).start() / timescale;
  }

  /** End of the last segment, in seconds of the presentation. */
  public double endSeconds() {
    Segment last = segments.get(segments.size() - 1);
    return (double) (last.start() + last.duration()) / timescale;
  }

  /**
   * Ticks as microseconds, rounded half up. Durations are differences of rounded instants, so that
   * a sum of durations never drifts from the media.
   */
  public long micros(long ticks) {
    long whole = ticks / timescale;
    long rest = ticks % timescale;
    return whole * 1_000_000 + (rest * 1_000_000 + timescale / 2) / timescale;
  }

  /** Of a segment of this track, in microseconds, without drift. */
  public long durationMicros(Segment segment) {
    return durationMicros(segment.start(), segment.duration());
  }

  /** Of what begins at an instant, both in ticks; in microseconds, without drift. */
  public long durationMicros(long start, long duration) {
    return micros(start + duration) - micros(start);
  }

  /**
   * The highest bit rate of any run of segments that lasts between half and one and a half of the
   * target duration, in bit/s, rounded up. A short last segment alone does not count. A track that
   * has no such run gives {@link #peakBitrate()}.
   *
   * @param targetSeconds at least 1
   * @see "RFC 8216, 4.1 Definition of a Playlist: peak segment bit rate"
   */
  public long peakBitrate(long targetSeconds) {
    long peak = 0;
    for (int first = 0; first < segments.size(); first++) {
      long bytes = 0;
      long ticks = 0;
      for (int i = first; i < segments.size(); i++) {
        bytes += segments.get(i).range().length();
        ticks += segments.get(i).duration();
        double seconds = (double) ticks / timescale;
        if (seconds > 1.5 * targetSeconds) {
          break;
        }
        if (seconds >= 0.5 * targetSeconds) {
          peak = Math.max(peak, bitrate(bytes, ticks));
        }
      }
    }
    return peak > 0 ? peak : peakBitrate();
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

  /** The highest bit rate of any picture that can be shown alone, in bit/s, rounded up. */
  public long peakPictureBitrate() {
    long peak = 0;
    for (Segment s : segments) {
      for (Picture picture : s.pictures()) {
        peak = Math.max(peak, bitrate(picture.range().length(), picture.duration()));
      }
    }
    return peak;
  }

  /** The bit rate of all pictures that can be shown alone, in bit/s, rounded up. */
  public long averagePictureBitrate() {
    long bytes = 0;
    long ticks = 0;
    for (Segment s : segments) {
      for (Picture picture : s.pictures()) {
        bytes += picture.range().length();
        ticks += picture.duration();
      }
    }
    return bitrate(bytes, ticks);
  }

  private long bitrate(long bytes, long ticks) {
    return (long) Math.ceil(bytes * 8.0 * timescale / ticks);
  }
}
