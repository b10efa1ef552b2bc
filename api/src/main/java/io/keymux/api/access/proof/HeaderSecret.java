package io.keymux.api.access.proof;

import io.keymux.cpix.SecretBytes;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;

/** Compares what stands in an {@code Authorization} header. */
public final class HeaderSecret {
  private HeaderSecret() {}

  /**
   * What follows the scheme in {@code Authorization}; empty if there is none or another scheme.
   *
   * @param scheme in lower case
   * @see "RFC 9110, 11.4 Credentials"
   */
  public static String credentials(AccessRequest request, String scheme) {
    String header = request.header("Authorization");
    int blank = header.indexOf(' ');
    boolean ours = blank > 0 && header.substring(0, blank).toLowerCase(Locale.ROOT).equals(scheme);
    return ours ? header.substring(blank).strip() : "";
  }

  /** The SHA-256 of a secret, 64 lower-case hex digits. */
  public static String sha256(SecretBytes secret) {
    byte[] bytes = secret.reveal();
    try {
      return CanonicalRequest.sha256(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Takes as long whatever the bytes are; overwrites {@code shown}. */
  public static boolean matches(SecretBytes expected, byte[] shown) {
    byte[] secret = expected.reveal();
    try {
      return MessageDigest.isEqual(shown, secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
      Arrays.fill(shown, (byte) 0);
    }
  }
}
