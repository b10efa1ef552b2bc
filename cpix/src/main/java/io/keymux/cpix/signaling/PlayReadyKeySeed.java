package io.keymux.cpix.signaling;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Derives content keys from a PlayReady key seed, so that packager and licence server agree without
 * exchanging keys.
 *
 * <pre>
 * S = first 30 bytes of the seed, K = KID in GUID order
 * A = SHA256(S K)   B = SHA256(S K S)   C = SHA256(S K S K)
 * key[i] = A[i] ^ A[i+16] ^ B[i] ^ B[i+16] ^ C[i] ^ C[i+16]
 * </pre>
 *
 * @see "Microsoft PlayReady Header Specification, Content Key Algorithm"
 */
public final class PlayReadyKeySeed {
  /** What counts of a seed; longer ones are cut. */
  public static final int SEED_BYTES = 30;

  private static final int KEY_BYTES = 16;

  private PlayReadyKeySeed() {}

  /**
   * @param seed at least {@value #SEED_BYTES} bytes; the rest does not matter
   * @return the AES-128 key of {@code keyId}
   * @throws SignalingException with code {@code key-seed-too-short} if the seed is shorter
   */
  public static SecretBytes derive(SecretBytes seed, KeyId keyId) {
    if (seed.size() < SEED_BYTES) {
      throw SignalingException.keySeedTooShort(seed.size(), SEED_BYTES);
    }
    byte[] s = seed.reveal();
    byte[] k = keyId.toGuidBytes();
    byte[] key = new byte[KEY_BYTES];
    try {
      fold(key, s, k);
      fold(key, s, k, s);
      fold(key, s, k, s, k);
      return SecretBytes.copyOf(key);
    } finally {
      Arrays.fill(s, (byte) 0);
      Arrays.fill(key, (byte) 0);
    }
  }

  /** XORs both halves of the hash of {@code parts} into {@code key}. */
  private static void fold(byte[] key, byte[]... parts) {
    MessageDigest sha256 = sha256();
    for (byte[] part : parts) {
      sha256.update(part, 0, Math.min(part.length, SEED_BYTES));
    }
    byte[] hash = sha256.digest();
    for (int i = 0; i < KEY_BYTES; i++) {
      key[i] ^= (byte) (hash[i] ^ hash[i + KEY_BYTES]);
    }
    Arrays.fill(hash, (byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
