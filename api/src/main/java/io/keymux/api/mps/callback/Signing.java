package io.keymux.api.mps.callback;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** How a receiver of callbacks knows the sender: by a hash over a time and the key. */
final class Signing {
  private Signing() {}

  /** MD5 of the digits and the key, in lower-case hex. It says nothing about the body. */
  static String md5(long timestamp, SecretBytes key) {
    byte[] secret = key.reveal();
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(Long.toString(timestamp).getBytes(UTF_8));
      return HexFormat.of().formatHex(digest.digest(secret));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
