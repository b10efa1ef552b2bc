package io.keymux.packager.verify.ts;

import io.keymux.packager.ts.HlsSegmentKey;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Undoes SAMPLE-AES of transport streams and packed audio.
 *
 * @see "Apple, MPEG-2 Stream Encryption Format for HTTP Live Streaming, 2.2 and 2.3"
 */
final class SampleAesDecryptor {
  private static final int BLOCK_BYTES = 16;

  private final Cipher cipher;
  private final SecretKeySpec key;
  private final IvParameterSpec iv;

  SampleAesDecryptor(HlsSegmentKey segmentKey) {
    byte[] value = segmentKey.key().value().reveal();
    try {
      this.cipher = Cipher.getInstance("AES/CBC/NoPadding");
      this.key = new SecretKeySpec(value, "AES");
      this.iv = new IvParameterSpec(segmentKey.iv().toArray());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES/CBC/NoPadding is missing from this JDK", e);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  /** A NAL unit of H.264 as it was before encryption; itself if it is not an encrypted one. */
  byte[] nal(byte[] nal) {
    int type = nal.length == 0 ? 0 : nal[0] & 0x1f;
    if (type != 1 && type != 5) {
      return nal;
    }
    byte[] plain = unescaped(nal);
    if (plain.length <= 48) {
      return nal; // nothing was encrypted, so nothing was escaped
    }
    restart();
    for (int at = 32; plain.length - at > BLOCK_BYTES; at += 10 * BLOCK_BYTES) {
      decrypt(plain, at);
    }
    return plain;
  }

  /** An audio frame, without ADTS header, where it lies. */
  void audio(byte[] data, int offset, int length) {
    restart();
    for (int at = 16; length - at >= BLOCK_BYTES; at += BLOCK_BYTES) {
      decrypt(data, offset + at);
    }
  }

  private static byte[] unescaped(byte[] nal) {
    byte[] out = new byte[nal.length];
    int size = 0;
    int zeros = 0;
    for (byte value : nal) {
      if (zeros >= 2 && value == 3) {
        zeros = 0;
        continue;
      }
      out[size++] = value;
      zeros = value == 0 ? zeros + 1 : 0;
    }
    return Arrays.copyOf(out, size);
  }

  private void restart() {
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, iv);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES refuses its own IV", e);
    }
  }

  private void decrypt(byte[] data, int at) {
    byte[] block = cipher.update(data, at, BLOCK_BYTES);
    System.arraycopy(block, 0, data, at, BLOCK_BYTES);
  }
}
