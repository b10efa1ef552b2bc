package io.keymux.api.access.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs with the key of a day, region and service, which is derived from the secret access key.
 *
 * @see "AWS, Signature Version 4, Derive a signing key"
 */
record SigningKeys(SecretBytes secretAccessKey) {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] PREFIX = "AWS4".getBytes(UTF_8);

  /** The signature of {@code text} in lower-case hex. */
  String sign(SigV4Header scope, String text) {
    byte[] secret = secretAccessKey.reveal();
    byte[] key = ByteBuffer.allocate(PREFIX.length + secret.length).put(PREFIX).put(secret).array();
    Arrays.fill(secret, (byte) 0);
    for (String part :
        new String[] {scope.date(), scope.region(), scope.service(), "aws4_request"}) {
      key = mac(key, part);
    }
    return HexFormat.of().formatHex(mac(key, text));
  }

  /** Overwrites {@code key}. */
  private static byte[] mac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
