package io.keymux.packager.hls;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.packager.media.TrackProtection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of playlists that tell of keys, for all DRM systems together.
 *
 * @see "RFC 8216, 4.3.2.4 EXT-X-KEY and 4.3.4.5 EXT-X-SESSION-KEY"
 */
public final class KeyLines {
  private KeyLines() {}

  /**
   * The EXT-X-KEY lines of one key.
   *
   * @param track its name, for messages
   * @throws DrmException with code {@code hls-no-key-line} if no DRM system has one, {@code
   *     signaling-not-hls} if that of a key server cannot stand in a playlist
   */
  public static List<String> media(String track, TrackProtection protection) {
    return parsed(track, protection).stream().map(KeyLine::text).toList();
  }

  static List<KeyLine> parsed(String track, TrackProtection protection) {
    List<KeyLine> lines = new ArrayList<>();
    for (DrmSignaling signaling : protection.signaling()) {
      if (signaling.hlsMedia() != null) {
        lines.add(KeyLine.media(signaling, protection.scheme(), signaling.hlsMedia()));
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

  /**
   * The EXT-X-SESSION-KEY lines of all keys, each once.
   *
   * @throws DrmException with code {@code signaling-not-hls}, as {@link #media}
   */
  public static List<String> session(List<TrackProtection> protections) {
    Map<List<String>, String> keys = new LinkedHashMap<>();
    for (TrackProtection protection : protections) {
      for (DrmSignaling signaling : protection.signaling()) {
        if (signaling.hlsMultivariant() != null) {
          KeyLine key =
              KeyLine.session(signaling, protection.scheme(), signaling.hlsMultivariant());
          keys.putIfAbsent(key.identity(), key.text());
        }
      }
    }
    return List.copyOf(keys.values());
  }
}
