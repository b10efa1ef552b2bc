package io.keymux.packager.media;

import java.util.Objects;
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

  /**
   * @throws IllegalArgumentException if {@code allowedCpc} is malformed
   */
  public PlaybackPolicy {
    if (allowedCpc != null && !Syntax.ALLOWED_CPC.matcher(allowedCpc).matches()) {
      throw new IllegalArgumentException(
          "\""
              + allowedCpc
              + "\" is not KEYFORMAT:LABEL/LABEL, with labels of letters, digits, - and .");
    }
  }

  /** Loaded by those only who say something. */
  private static final class Syntax {
    private static final String LABELS = "[A-Za-z0-9.-]+(/[A-Za-z0-9.-]+)*";
    private static final Pattern ALLOWED_CPC =
        Pattern.compile("[^\":,\\s]+:(" + LABELS + ")?(,[^\":,\\s]+:(" + LABELS + ")?)*");
  }

  // Written out: what the compiler makes is linked at run time, which a short job would feel.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PlaybackPolicy policy
        && hdcp == policy.hdcp
        && Objects.equals(allowedCpc, policy.allowedCpc);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(hdcp) + 31 * Objects.hashCode(allowedCpc);
  }
}
