package io.keymux.packager.hls;

import io.keymux.packager.media.ByteRange;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.LiveTiming;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Picture;
import io.keymux.packager.media.RelativeUrl;
import io.keymux.packager.media.Rendition;
import io.keymux.packager.media.Segment;
import io.keymux.packager.media.TrackProtection;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The playlist of one track.
 *
 * @see "RFC 8216, 4.3.3 Media Playlist Tags"
 */
final class MediaPlaylist {
  private static final DateTimeFormatter MILLIS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  private final String track;
  private final String path;
  private final boolean ranges;
  private final boolean pictures;
  private final Discontinuities discontinuities;
  private final List<String> lines = new ArrayList<>();
  private final @Nullable LiveTiming live;
  private @Nullable TrackProtection current;
  private boolean initKeyInForce;

  private MediaPlaylist(
      Rendition rendition,
      Layout layout,
      boolean pictures,
      Discontinuities discontinuities,
      @Nullable LiveTiming live) {
    this.live = live;
    this.track = rendition.track().name();
    this.path =
        pictures
            ? rendition.parts().get(0).picturesPath()
            : rendition.parts().get(0).playlistPath();
    this.discontinuities = discontinuities;
    this.ranges = layout == Layout.SINGLE_FILE;
    this.pictures = pictures;
  }

  static String write(
      Rendition rendition, Layout layout, long targetSeconds, Discontinuities discontinuities) {
    return write(
        new MediaPlaylist(rendition, layout, false, discontinuities, null),
        rendition,
        targetSeconds);
  }

  /** The segments of a live stream that can be played now. */
  static String writeLive(
      Rendition rendition, long targetSeconds, Discontinuities discontinuities, LiveTiming live) {
    return write(
        new MediaPlaylist(rendition, Layout.SEGMENTS, false, discontinuities, live),
        rendition,
        targetSeconds);
  }

  /**
   * The pictures that can be shown alone, for trick play: all segments must have one.
   *
   * @see "RFC 8216, 4.3.3.6 EXT-X-I-FRAMES-ONLY"
   */
  static String writePictures(
      Rendition rendition, Layout layout, long targetSeconds, Discontinuities discontinuities) {
    return write(
        new MediaPlaylist(rendition, layout, true, discontinuities, null),
        rendition,
        targetSeconds);
  }

  private static String write(MediaPlaylist playlist, Rendition rendition, long targetSeconds) {
    int first = rendition.parts().get(0).segments().get(0).number();
    List<String> lines = playlist.lines;
    lines.add("#EXTM3U");
    lines.add("#EXT-X-VERSION:" + HlsWriter.VERSION);
    lines.add("#EXT-X-TARGETDURATION:" + targetSeconds);
    lines.add("#EXT-X-MEDIA-SEQUENCE:" + first);
    lines.add(playlist.window(rendition));
    lines.add(playlist.pictures ? "#EXT-X-I-FRAMES-ONLY" : "#EXT-X-INDEPENDENT-SEGMENTS");
    for (PackagedTrack part : rendition.parts()) {
      playlist.part(part);
    }
    if (playlist.live == null || playlist.live.ended()) {
      lines.add("#EXT-X-ENDLIST");
    }
    return String.join("\n", lines) + "\n";
  }

  private String window(Rendition rendition) {
    return live == null
        ? "#EXT-X-PLAYLIST-TYPE:VOD"
        : "#EXT-X-DISCONTINUITY-SEQUENCE:"
            + live.discontinuitiesBefore().getOrDefault(rendition.track().name(), 0);
  }

  private void part(PackagedTrack part) {
    boolean opens = true;
    for (Segment segment : part.segments()) {
      boolean starts = discontinuities.at(part, segment, current);
      // The first segment of a window has lost what it would be discontinuous with.
      boolean follows = live == null || lines.get(lines.size() - 1).charAt(0) != '#';
      if (follows && (opens ? part.part() > 0 : starts)) {
        lines.add("#EXT-X-DISCONTINUITY");
      }
      // A key of AES-128 in front of the init segment would be one for it, too.
      boolean mapFirst =
          part.initProtection() != null
              || (segment.protection() != null && segment.protection().coversWholeSegments());
      if (opens && mapFirst && part.hasInit()) {
        keyOfInit(part.initProtection());
        lines.add(map(part));
      }
      changeKeys(segment.protection());
      if (opens && !mapFirst && part.hasInit()) {
        lines.add(map(part));
      }
      if (pictures) {
        segment.pictures().forEach(picture -> picture(part, segment, picture));
      } else {
        segment(part, segment);
      }
      opens = false;
    }
  }

  /**
   * The key line of an encrypted init segment, which is in force for no segment: these have other
   * IVs.
   *
   * @see "RFC 8216, 4.3.2.5 EXT-X-MAP"
   */
  private void keyOfInit(@Nullable TrackProtection init) {
    if (init == null || init.constantIv() == null) {
      return;
    }
    for (KeyLine line : KeyLines.parsed(track, init)) {
      lines.add(line.withIv(init.constantIv()));
    }
    initKeyInForce = true;
    current = null;
  }

  /** A key line is in force until the next one of its key format. */
  private void changeKeys(@Nullable TrackProtection next) {
    if (next != null && !next.equals(current)) {
      KeyLines.parsed(track, next).forEach(line -> lines.add(line.text()));
    } else if (next == null && (current != null || initKeyInForce)) {
      lines.add("#EXT-X-KEY:METHOD=NONE");
    }
    current = next;
    initKeyInForce = false;
  }

  private String map(PackagedTrack part) {
    HlsTag map = new HlsTag("EXT-X-MAP");
    map.quoted("URI", RelativeUrl.between(path, part.initPath()));
    if (ranges) {
      map.quoted("BYTERANGE", lengthAtOffset(part.initRange()));
    }
    return map.toString();
  }

  private void segment(PackagedTrack part, Segment segment) {
    if (live != null) {
      lines.add("#EXT-X-PROGRAM-DATE-TIME:" + MILLIS.format(live.at(part.micros(segment.start()))));
    }
    // Files of WebVTT are files of their own in every layout.
    boolean inFile = ranges && part.hasInit();
    piece(part.durationMicros(segment), inFile ? segment.range() : null, segment.path());
  }

  private void picture(PackagedTrack part, Segment segment, Picture picture) {
    long micros = part.durationMicros(picture.start(), picture.duration());
    piece(micros, picture.range(), segment.path());
  }

  private void piece(long micros, @Nullable ByteRange range, String file) {
    lines.add("#EXTINF:" + BigDecimal.valueOf(micros, 6).toPlainString() + ",");
    if (range != null) {
      lines.add("#EXT-X-BYTERANGE:" + lengthAtOffset(range));
    }
    lines.add(RelativeUrl.between(path, file));
  }

  private static String lengthAtOffset(ByteRange range) {
    return range.length() + "@" + range.offset();
  }
}
