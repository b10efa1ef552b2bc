package io.keymux.packager.hls;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.packager.media.ByteRange;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.RelativeUrl;
import io.keymux.packager.media.Segment;
import io.keymux.packager.media.TrackProtection;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The playlist of one track.
 *
 * @see "RFC 8216, 4.3.3 Media Playlist Tags"
 */
final class MediaPlaylist {
  private MediaPlaylist() {}

  static String write(PackagedTrack track, Layout layout, long targetSeconds) {
    String folder = track.track().name();
    boolean ranges = layout == Layout.SINGLE_FILE;
    List<String> lines = new ArrayList<>();
    lines.add("#EXTM3U");
    lines.add("#EXT-X-VERSION:" + HlsWriter.VERSION);
    lines.add("#EXT-X-TARGETDURATION:" + targetSeconds);
    lines.add("#EXT-X-MEDIA-SEQUENCE:" + track.segments().get(0).number());
    lines.add("#EXT-X-PLAYLIST-TYPE:VOD");
    lines.add("#EXT-X-INDEPENDENT-SEGMENTS");
    if (track.protection() != null) {
      lines.addAll(keyLines(folder, track.protection()));
    }
    HlsTag map = new HlsTag("EXT-X-MAP");
    map.quoted("URI", RelativeUrl.from(folder, track.initPath()));
    if (ranges) {
      map.quoted("BYTERANGE", lengthAtOffset(track.initRange()));
    }
    lines.add(map.toString());
    for (Segment segment : track.segments()) {
      lines.add(
          "#EXTINF:" + BigDecimal.valueOf(track.durationMicros(segment), 6).toPlainString() + ",");
      if (ranges) {
        lines.add("#EXT-X-BYTERANGE:" + lengthAtOffset(segment.range()));
      }
      lines.add(RelativeUrl.from(folder, segment.path()));
    }
    lines.add("#EXT-X-ENDLIST");
    return String.join("\n", lines) + "\n";
  }

  private static List<String> keyLines(String track, TrackProtection protection) {
    List<String> lines = new ArrayList<>();
    for (DrmSignaling signaling : protection.signaling()) {
      if (signaling.hlsMedia() != null) {
        lines.add(KeyLine.media(signaling, protection.scheme(), signaling.hlsMedia()).text());
      }
    }
    if (lines.isEmpty()) {
      throw new DrmException(
          DrmException.Blame.CALLER,
          "hls-no-key-line",
          "Track %s is encrypted with KID %s, but none of its DRM systems has an HLS key line."
              .formatted(track, protection.keyId()),
          "Add a DRM system that signals in HLS, or leave HLS out of the formats.");
    }
    return lines;
  }

  private static String lengthAtOffset(ByteRange range) {
    return range.length() + "@" + range.offset();
  }
}
