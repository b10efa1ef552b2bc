package io.keymux.keyserver.tencent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/** The RSA key pair of one exchange: the service encrypts its session key for it. */
final class SessionKeys {
  private static final int MODULUS_BITS = 2048;
  private static final int BLOCK = 16;

  private final KeyPair pair;

  private SessionKeys(KeyPair pair) {
    this.pair = pair;
  }

  static SessionKeys fresh() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(MODULUS_BITS);
      return new SessionKeys(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has RSA", e);
    }
  }

  /** Base64 of the PEM of the public key: the documentation's own example is so. */
  String publicKey() {
    String body =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPublic().getEncoded());
    String pem = "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    return Base64.getEncoder().encodeToString(pem.getBytes(US_ASCII));
  }

  /** The session key, or nothing if {@code wrapped} is not one of 16 bytes for this key pair. */
  Optional<byte[]> unwrap(byte[] wrapped) {
    try {
      Cipher rsa = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      rsa.init(Cipher.DECRYPT_MODE, pair.getPrivate());
      byte[] key = rsa.doFinal(wrapped);
      if (key.length == BLOCK) {
        return Optional.of(key);
      }
      Arrays.fill(key, (byte) 0);
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      // Not one for this key pair; why is nobody's business.
      return Optional.empty();
    }
  }

  /**
   * Sixteen bytes under the session key, with or without PKCS#7 padding: then a whole block of it.
   *
   * @return nothing if {@code encrypted} is neither
   */
  static Optional<byte[]> decrypt(byte[] sessionKey, byte[] encrypted) {
    if (encrypted.length != BLOCK && encrypted.length != 2 * BLOCK) {
      return Optional.empty();
    }
    byte[] plain = decryptBlocks(sessionKey, encrypted);
    try {
      for (int i = BLOCK; i < plain.length; i++) {
        if (plain[i] != BLOCK) {
          return Optional.empty();
        }
      }
      return Optional.of(Arrays.copyOf(plain, BLOCK));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private static byte[] decryptBlocks(byte[] sessionKey, byte[] encrypted) {
    try {
      // ECB is the service's choice; what it hides is one random block.
      Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(Cipher.DECRYPT_MODE, new SecretKeySpec(sessionKey, "AES"));
      return aes.doFinal(encrypted);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    }
  }
}
