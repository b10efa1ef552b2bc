package io.keymux.cpix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * KIDs made from names. A KID is public, so the hash needs no secret.
 *
 * <pre>
 * SHA-256( "keymux/kid/1" | u32 length | contentId | u32 length | trackType
 *     [ | u32 8 | u64 index of the key period ] ), first 16 bytes,
 * version nibble 8, variant bits 10
 * </pre>
 *
 * The lengths keep ("a", "bc") and ("ab", "c") apart. The last part is there only for keys that
 * rotate.
 *
 * @see "RFC 9562, 5.8 UUID Version 8"
 */
final class NamedKeyId {
  private static final byte[] DOMAIN = "keymux/kid/1".getBytes(UTF_8);

  private NamedKeyId() {}

  /**
   * @param periodIndex null if keys do not rotate
   */
  static KeyId of(String contentId, String trackType, @Nullable Long periodIndex) {
    MessageDigest digest = sha256();
    digest.update(DOMAIN);
    update(digest, contentId.getBytes(UTF_8));
    update(digest, trackType.getBytes(UTF_8));
    if (periodIndex != null) {
      update(digest, ByteBuffer.allocate(Long.BYTES).putLong(periodIndex).array());
    }
    byte[] kid = Arrays.copyOf(digest.digest(), KeyId.SIZE_BYTES);
    kid[6] = (byte) ((kid[6] & 0x0f) | 0x80);
    kid[8] = (byte) ((kid[8] & 0x3f) | 0x80);
    return KeyId.ofBytes(kid);
  }

  private static void update(MessageDigest digest, byte[] part) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
    digest.update(part);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
