package io.keymux.packager.hls;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.TrackType;
import io.keymux.packager.media.LiveTiming;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.RelativeUrl;
import io.keymux.packager.media.Rendition;
import io.keymux.packager.media.ThumbnailTrack;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the playlists of a presentation.
 *
 * <p>Text is a playlist of WebVTT files, or of fragmented MP4 with TTML, which players take if it
 * is IMSC. The target duration is the same in all playlists, but for text with longer segments and
 * images.
 *
 * @see "RFC 8216, HTTP Live Streaming"
 */
public final class HlsWriter {
  /** Of the multivariant playlist. */
  public static final String MULTIVARIANT = "master.m3u8";

  /** EXT-X-MAP outside I-frame playlists needs 6; nothing written here needs more. */
  static final int VERSION = 6;

  private HlsWriter() {}

  static String mediaUrl(PackagedTrack track) {
    return RelativeUrl.of(track.playlistPath());
  }

  /**
   * Lines end with LF. The multivariant playlist comes last, so that who writes the files in order
   * publishes nothing that refers to a missing file.
   *
   * @return text by path relative to the output folder
   * @throws DrmException with code {@code hls-no-tracks} if there is neither video nor audio,
   *     {@code hls-no-key-line} if no DRM system of a protected track has an EXT-X-KEY line, {@code
   *     signaling-not-hls} if such a line is malformed or contradicts the scheme, {@code
   *     hls-unquotable} if a text needs a character that quoted strings cannot hold
   */
  public static Map<String, String> write(Presentation presentation) {
    List<Rendition> renditions = presentation.hlsRenditions();
    if (renditions.stream().allMatch(r -> r.track().type() == TrackType.TEXT)) {
      throw new DrmException(
          DrmException.Blame.CALLER,
          "hls-no-tracks",
          "HLS needs video or audio, the presentation has neither.",
          "Add an input with video or audio, or leave HLS out of the formats.");
    }
    Map<String, String> playlists = new LinkedHashMap<>();
    Discontinuities discontinuities = Discontinuities.of(renditions);
    for (Rendition rendition : renditions) {
      long target = presentation.targetSeconds();
      if (rendition.track().type() == TrackType.TEXT) {
        target = Math.max(target, longestSeconds(rendition));
      }
      playlists.put(
          rendition.parts().get(0).playlistPath(),
          MediaPlaylist.write(rendition, presentation.layout(), target, discontinuities));
      Rendition pictures = presentation.pictures(rendition);
      if (pictures.hasPictures()) {
        playlists.put(
            pictures.parts().get(0).picturesPath(),
            MediaPlaylist.writePictures(pictures, presentation.layout(), target, discontinuities));
      }
    }
    long end = Math.round(presentation.durationSeconds() * 1e6);
    for (ThumbnailTrack track : presentation.thumbnails()) {
      ImagePlaylist images = new ImagePlaylist(track);
      playlists.put(images.path(), images.write(end));
    }
    playlists.put(MULTIVARIANT, MultivariantPlaylist.write(presentation, renditions));
    return Collections.unmodifiableMap(playlists);
  }

  /**
   * The playlists of a live stream; what names the other playlists comes last.
   *
   * @param window the segments that can be played now; every rendition has one at least
   * @return text by path relative to the output folder
   * @throws DrmException as {@link #write}
   */
  public static Map<String, String> writeLive(Presentation window, LiveTiming live) {
    List<Rendition> renditions = window.hlsRenditions();
    Discontinuities discontinuities = Discontinuities.of(renditions);
    long target = Math.max(1, Math.round(live.segmentSeconds()));
    Map<String, String> playlists = new LinkedHashMap<>();
    for (Rendition rendition : renditions) {
      playlists.put(
          rendition.parts().get(0).playlistPath(),
          MediaPlaylist.writeLive(rendition, target, discontinuities, live));
    }
    playlists.put(MULTIVARIANT, MultivariantPlaylist.write(window, renditions));
    return Collections.unmodifiableMap(playlists);
  }

  /**
   * Subtitles may have a target duration of their own.
   *
   * @see "RFC 8216bis, 6.2.4 Providing Variant Streams"
   */
  private static long longestSeconds(Rendition rendition) {
    PackagedTrack whole = rendition.whole();
    long longest = whole.segments().stream().mapToLong(whole::durationMicros).max().orElse(0);
    return (longest + 500_000) / 1_000_000;
  }
}
