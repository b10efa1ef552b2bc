package io.keymux.keyserver.widevine;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import org.jspecify.annotations.Nullable;

/**
 * How the signature of an answer is checked, for servers that sign theirs. It covers the bytes
 * inside {@code response}, as that of a request covers those inside {@code request}.
 */
public final class WidevineVerifier {
  private static final WidevineVerifier NONE = new WidevineVerifier(null, null, null);

  private final @Nullable SecretBytes aesKey;
  private final @Nullable Bytes iv;
  private final @Nullable PublicKey rsaKey;

  private WidevineVerifier(
      @Nullable SecretBytes aesKey, @Nullable Bytes iv, @Nullable PublicKey rsaKey) {
    this.aesKey = aesKey;
    this.iv = iv;
    this.rsaKey = rsaKey;
  }

  /** Answers are taken without a signature; TLS alone vouches for them. */
  public static WidevineVerifier none() {
    return NONE;
  }

  /**
   * The signature of {@link WidevineSigner#aes}.
   *
   * @throws IllegalArgumentException for lengths that have no meaning there
   */
  public static WidevineVerifier aes(SecretBytes key, Bytes iv) {
    WidevineSigner.requireAes(key, iv);
    return new WidevineVerifier(key, iv, null);
  }

  /**
   * The signature of {@link WidevineSigner#rsa}.
   *
   * @param key the server's, of RSA
   * @throws IllegalArgumentException for a key of another kind
   */
  public static WidevineVerifier rsa(PublicKey key) {
    if (!"RSA".equals(key.getAlgorithm())) {
      throw new IllegalArgumentException("the verification key is not of RSA");
    }
    return new WidevineVerifier(null, null, key);
  }

  boolean wantsSignature() {
    return aesKey != null || rsaKey != null;
  }

  boolean verifies(byte[] message, byte[] signature) {
    if (aesKey != null && iv != null) {
      return MessageDigest.isEqual(WidevineSigner.aesSignature(aesKey, iv, message), signature);
    }
    if (rsaKey == null) {
      return false;
    }
    try {
      Signature check = Signature.getInstance("RSASSA-PSS");
      check.setParameter(PssSha1.PARAMETERS);
      check.initVerify(rsaKey);
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      // A signature of the wrong size is reported so.
      return false;
    }
  }

  @Override
  public String toString() {
    return "WidevineVerifier[" + (rsaKey != null ? "rsa" : aesKey != null ? "aes" : "none") + "]";
  }
}
