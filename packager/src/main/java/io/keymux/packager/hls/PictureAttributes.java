package io.keymux.packager.hls;

import io.keymux.cpix.Track;
import io.keymux.packager.codec.SupplementalCodec;
import io.keymux.packager.codec.VideoRange;
import io.keymux.packager.media.HdcpLevel;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.PlaybackPolicy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What variants and I-frame playlists say of a video track.
 *
 * @param anyHdr whether any video of the presentation is HDR, so that all must say what they are
 * @see "RFC 8216bis, 4.4.6.2 EXT-X-STREAM-INF and 4.4.6.3 EXT-X-I-FRAME-STREAM-INF"
 */
record PictureAttributes(boolean anyHdr) {
  static PictureAttributes of(List<PackagedTrack> video) {
    return new PictureAttributes(
        video.stream().anyMatch(t -> t.details().range() != VideoRange.SDR));
  }

  void addSupplementalCodecs(HlsTag tag, PackagedTrack video) {
    SupplementalCodec supplemental = video.details().supplemental();
    if (supplemental != null) {
      tag.quoted("SUPPLEMENTAL-CODECS", supplemental.codecs() + "/" + supplemental.brand());
    }
  }

  void addResolution(HlsTag tag, PackagedTrack video) {
    tag.plain("RESOLUTION", video.track().width() + "x" + video.track().height());
  }

  void addFrameRate(HlsTag tag, PackagedTrack video) {
    Track track = video.track();
    if (track.frameRate() > 0) {
      tag.plain(
          "FRAME-RATE",
          BigDecimal.valueOf(track.frameRate()).setScale(3, RoundingMode.HALF_UP).toPlainString());
    }
  }

  void addRange(HlsTag tag, PackagedTrack video) {
    if (anyHdr) {
      tag.plain("VIDEO-RANGE", video.details().range());
    }
  }

  void addPolicy(HlsTag tag, PackagedTrack video) {
    PlaybackPolicy policy = video.details().policy();
    HdcpLevel hdcp = policy.hdcp();
    if (hdcp != null) {
      tag.plain("HDCP-LEVEL", hdcp.id());
    }
    if (policy.allowedCpc() != null) {
      tag.quoted("ALLOWED-CPC", policy.allowedCpc());
    }
  }
}
