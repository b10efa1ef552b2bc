package io.keymux.packager.media;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which players a key server will give the key of a track to, as far as a playlist can say it, so
 * that others do not try.
 *
 * @param hdcp or null if nothing is said
 * @param allowedCpc robustness by key format: {@code com.example.drm:SMART-TV/PC}, several
 *     separated by commas; or null
 * @see "RFC 8216bis, 4.4.6.2 EXT-X-STREAM-INF: HDCP-LEVEL, ALLOWED-CPC"
 */
public record PlaybackPolicy(@Nullable HdcpLevel hdcp, @Nullable String allowedCpc) {
  /** Nothing is said. */
  public static final PlaybackPolicy NONE = new PlaybackPolicy(null, null);

  private static final String LABELS = "[A-Za-z0-9.-]+(/[A-Za-z0-9.-]+)*";
  private static final Pattern ALLOWED_CPC =
      Pattern.compile("[^\":,\\s]+:(" + LABELS + ")?(,[^\":,\\s]+:(" + LABELS + ")?)*");

  /**
   * @throws IllegalArgumentException if {@code allowedCpc} is malformed
   */
  public PlaybackPolicy {
    if (allowedCpc != null && !ALLOWED_CPC.matcher(allowedCpc).matches()) {
      throw new IllegalArgumentException(
          "\""
              + allowedCpc
              + "\" is not KEYFORMAT:LABEL/LABEL, with labels of letters, digits, - and .");
    }
  }
}
