package io.keymux.api.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key-encryption key in the service's memory. */
public final class LocalKey implements KeyEncryptionKey {
  private static final String HMAC = "HmacSHA256";
  private static final int ID_BYTES = 8;

  private final String id;
  private final SecretBytes key;

  private LocalKey(String id, SecretBytes key) {
    this.id = id;
    this.key = key;
  }

  /**
   * @param key of 32 bytes
   */
  public static LocalKey of(SecretBytes key) {
    if (key.size() != AesGcm.KEY_BYTES) {
      throw new IllegalArgumentException("the key has " + key.size() + " bytes, not 32");
    }
    byte[] name = derived(key, "keymux-key-encryption-key-id");
    return new LocalKey("local:" + HexFormat.of().formatHex(name, 0, ID_BYTES), key);
  }

  /**
   * The one of a service that is given none: made of its seed, so that whoever has the seed has it.
   */
  public static LocalKey ofSeed(SecretBytes seed) {
    byte[] name = derived(seed, "keymux-seed-id");
    byte[] key = derived(seed, "keymux-key-encryption-key");
    try {
      return new LocalKey(
          "seed:" + HexFormat.of().formatHex(name, 0, ID_BYTES), SecretBytes.copyOf(key));
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Bytes wrap(SecretBytes other, String context) {
    byte[] plain = other.reveal();
    try {
      return Bytes.copyOf(AesGcm.encrypt(key, context.getBytes(UTF_8), plain));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  @Override
  public SecretBytes unwrap(Bytes wrapped, String context) {
    byte[] plain = {};
    try {
      plain = AesGcm.decrypt(key, context.getBytes(UTF_8), wrapped.toArray(), 0);
      return SecretBytes.copyOf(plain);
    } catch (GeneralSecurityException e) {
      throw EnvelopeException.undecryptable("a key under " + id, e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return id;
  }

  private static byte[] derived(SecretBytes secret, String purpose) {
    byte[] raw = secret.reveal();
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(raw, HMAC));
      return mac.doFinal(purpose.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    } finally {
      Arrays.fill(raw, (byte) 0);
    }
  }
}
