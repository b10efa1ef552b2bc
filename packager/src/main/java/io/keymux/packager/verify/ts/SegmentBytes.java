package io.keymux.packager.verify.ts;

import io.keymux.packager.input.MediaSource;
import io.keymux.packager.ts.HlsSegmentKey;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads a segment file in chunks, and undoes AES-128. */
public final class SegmentBytes {
  private static final int CHUNK_BYTES = 256 * 1024;

  private SegmentBytes() {}

  /** Takes what was read. */
  public interface Consumer {
    void bytes(byte[] data, int offset, int length);
  }

  /**
   * @param key of AES-128, or null if the file is read as it is
   */
  public static void read(
      MediaSource file, @Nullable HlsSegmentKey key, Consumer consumer, TsProblems problems) {
    Cipher cipher = key == null ? null : cipher(key);
    byte[] chunk = new byte[CHUNK_BYTES];
    for (long at = 0; at < file.size(); at += CHUNK_BYTES) {
      int length = (int) Math.min(CHUNK_BYTES, file.size() - at);
      file.read(at, chunk, 0, length);
      byte[] plain = cipher == null ? chunk : cipher.update(chunk, 0, length);
      if (plain != null) {
        consumer.bytes(plain, 0, cipher == null ? length : plain.length);
      }
    }
    if (cipher != null) {
      try {
        byte[] rest = cipher.doFinal();
        consumer.bytes(rest, 0, rest.length);
      } catch (GeneralSecurityException e) {
        problems.problem("aes-padding", file.name(), "it does not end with a PKCS#7 padding");
      }
    }
  }

  private static Cipher cipher(HlsSegmentKey key) {
    byte[] value = key.key().value().reveal();
    try {
      Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
      IvParameterSpec iv = new IvParameterSpec(key.iv().toArray());
      cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(value, "AES"), iv);
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES/CBC/PKCS5Padding is missing from this JDK", e);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }
}
