package io.keymux.keyserver.speke;

import io.keymux.cpix.DrmSignaling;
import io.keymux.keyserver.http.KeyExchangeException;
import org.jspecify.annotations.Nullable;

/**
 * Checks the lines that a key server gives for playlists.
 *
 * @param host of the key server, for messages
 * @param place of the DRMSystem, for messages
 */
record HlsLineCheck(String host, String place) {

  /**
   * @throws KeyExchangeException with code {@code key-response-invalid} if a line has another tag,
   *     or would bring further lines along
   */
  void check(DrmSignaling received) {
    requireLine(received.hlsMedia(), "#EXT-X-KEY:");
    requireLine(received.hlsMultivariant(), "#EXT-X-SESSION-KEY:");
  }

  /** The line goes into a playlist as it is. */
  private void requireLine(@Nullable String line, String tag) {
    if (line == null) {
      return;
    }
    if (!line.startsWith(tag) || line.length() == tag.length()) {
      throw invalid("an HLSSignalingData of %s is no %s line".formatted(place, tag));
    }
    if (line.codePoints().anyMatch(Character::isISOControl)) {
      throw invalid("the %s line of %s has a control character".formatted(tag, place));
    }
  }

  private KeyExchangeException invalid(String violation) {
    return KeyExchangeException.invalidResponse(host, violation);
  }
}
