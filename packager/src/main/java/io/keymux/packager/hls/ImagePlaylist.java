package io.keymux.packager.hls;

import io.keymux.packager.media.RelativeUrl;
import io.keymux.packager.media.ThumbnailTrack;
import io.keymux.packager.media.Tiling;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The playlist of images of thumbnails. No part of HLS itself: players that do not know its tags
 * pass over them.
 *
 * @see "HLS Image Media Playlist Specification 0.4"
 */
final class ImagePlaylist {
  private final ThumbnailTrack track;

  ImagePlaylist(ThumbnailTrack track) {
    this.track = track;
  }

  String path() {
    return track.name() + "/media.m3u8";
  }

  /**
   * The line of the multivariant playlist. Its RESOLUTION is that of one thumbnail.
   *
   * <p>There is a CODECS for JPEG; players take the format of others from the files' names.
   */
  String streamLine() {
    return new HlsTag("EXT-X-IMAGE-STREAM-INF")
        .plain("BANDWIDTH", track.bandwidth())
        .plain("RESOLUTION", resolution())
        .quoted("CODECS", track.format().codec())
        .quoted("URI", RelativeUrl.of(path()))
        .toString();
  }

  /**
   * The last image lasts as long as the presentation; how long a thumbnail stands is said of each.
   *
   * @param endMicros of the presentation
   */
  String write(long endMicros) {
    Tiling tiling = track.tiling();
    List<Long> durations = new ArrayList<>();
    for (int i = 0; i < track.images().size(); i++) {
      long left = endMicros - i * tiling.imageMicros();
      durations.add(Math.max(1, Math.min(tiling.imageMicros(), left)));
    }
    long target = Math.max(1, (durations.get(0) + 500_000) / 1_000_000);
    List<String> lines = new ArrayList<>();
    lines.add("#EXTM3U");
    lines.add("#EXT-X-VERSION:" + HlsWriter.VERSION);
    lines.add("#EXT-X-TARGETDURATION:" + target);
    lines.add("#EXT-X-MEDIA-SEQUENCE:1");
    lines.add("#EXT-X-PLAYLIST-TYPE:VOD");
    lines.add("#EXT-X-IMAGES-ONLY");
    String tiles =
        new HlsTag("EXT-X-TILES")
            .plain("RESOLUTION", resolution())
            .plain("LAYOUT", tiling.layout())
            .plain("DURATION", tiling.everySeconds())
            .toString();
    for (int i = 0; i < durations.size(); i++) {
      lines.add("#EXTINF:" + BigDecimal.valueOf(durations.get(i), 6).toPlainString() + ",");
      lines.add(tiles);
      lines.add(RelativeUrl.from(track.name(), track.path(i)));
    }
    lines.add("#EXT-X-ENDLIST");
    return String.join("\n", lines) + "\n";
  }

  private String resolution() {
    return track.width() + "x" + track.height();
  }
}
