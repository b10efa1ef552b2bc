package io.keymux.keyserver.widevine;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** How a provider proves its requests. SHA-1 is the interface's choice. */
public final class WidevineSigner {
  static final Set<Integer> AES_KEY_BYTES = Set.of(16, 32);
  static final int IV_BYTES = 16;

  private static final WidevineSigner NONE = new WidevineSigner("", null, null, null);

  private final String name;
  private final @Nullable SecretBytes aesKey;
  private final @Nullable Bytes iv;
  private final @Nullable PrivateKey rsaKey;

  private WidevineSigner(
      String name, @Nullable SecretBytes aesKey, @Nullable Bytes iv, @Nullable PrivateKey rsaKey) {
    this.name = name;
    this.aesKey = aesKey;
    this.iv = iv;
    this.rsaKey = rsaKey;
  }

  /** For servers that know the caller otherwise: requests go out without signature and signer. */
  public static WidevineSigner none() {
    return NONE;
  }

  /**
   * AES-CBC with PKCS#7 padding over the SHA-1 of the request: 32 bytes.
   *
   * @param name that the server has for this signer, not empty
   * @param key 32 bytes (Widevine) or 16 (Axinom)
   * @param iv 16 bytes, the same for all requests
   * @throws IllegalArgumentException for other lengths or an empty name
   */
  public static WidevineSigner aes(String name, SecretBytes key, Bytes iv) {
    requireName(name);
    requireAes(key, iv);
    return new WidevineSigner(name, key, iv, null);
  }

  /**
   * RSASSA-PSS with SHA-1, MGF1 with SHA-1 and 20 bytes of salt.
   *
   * @param name that the server has for this signer, not empty
   * @param key of RSA
   * @throws IllegalArgumentException for a key of another kind or an empty name
   */
  public static WidevineSigner rsa(String name, PrivateKey key) {
    requireName(name);
    if (!"RSA".equals(key.getAlgorithm())) {
      throw new IllegalArgumentException("the signing key is not of RSA");
    }
    return new WidevineSigner(name, null, null, key);
  }

  String name() {
    return name;
  }

  /** The signature of {@code request}, or nothing if none is wanted. */
  Optional<byte[]> sign(byte[] request) {
    if (aesKey != null && iv != null) {
      return Optional.of(aesSignature(aesKey, iv, request));
    }
    return rsaKey == null ? Optional.empty() : Optional.of(rsaSignature(rsaKey, request));
  }

  static byte[] aesSignature(SecretBytes key, Bytes iv, byte[] message) {
    byte[] secret = key.reveal();
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      cipher.init(
          Cipher.ENCRYPT_MODE, new SecretKeySpec(secret, "AES"), new IvParameterSpec(iv.toArray()));
      return cipher.doFinal(MessageDigest.getInstance("SHA-1").digest(message));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-1 and AES-CBC", e);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  private static byte[] rsaSignature(PrivateKey key, byte[] message) {
    try {
      Signature signature = Signature.getInstance("RSASSA-PSS");
      signature.setParameter(PssSha1.PARAMETERS);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the signing key cannot sign", e);
    }
  }

  static void requireAes(SecretBytes key, Bytes iv) {
    if (!AES_KEY_BYTES.contains(key.size()) || iv.size() != IV_BYTES) {
      throw new IllegalArgumentException(
          "a signing key of %d bytes and an IV of %d, not 16 or 32 and 16"
              .formatted(key.size(), iv.size()));
    }
  }

  private static void requireName(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a signer needs a name");
    }
  }

  @Override
  public String toString() {
    return "WidevineSigner[" + name + "]";
  }
}
