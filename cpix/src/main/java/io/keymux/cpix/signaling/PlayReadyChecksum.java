package io.keymux.cpix.signaling;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The CHECKSUM of a WRMHEADER, by which a client tells a wrong key from a right one: the first
 * eight bytes of the KID in GUID order, encrypted with the key as one block.
 *
 * <p>For AESCTR only. With AESCBC it stops Edge from playing.
 *
 * @see "Microsoft PlayReady Header Specification, Key Checksum Algorithm"
 */
final class PlayReadyChecksum {
  private static final int SIZE_BYTES = 8;

  private PlayReadyChecksum() {}

  @SuppressWarnings(
      "InsecureCryptoUsage") // One block in ECB is what the header specification says.
  static Bytes of(ContentKey contentKey) {
    byte[] key = contentKey.value().reveal();
    try {
      Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
      aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
      return Bytes.copyOf(Arrays.copyOf(aes.doFinal(contentKey.id().toGuidBytes()), SIZE_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES", e);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }
}
