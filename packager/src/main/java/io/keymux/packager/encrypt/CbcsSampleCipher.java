package io.keymux.packager.encrypt;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import org.jspecify.annotations.Nullable;

/**
 * Scheme {@code cbcs}: AES-CBC with a constant IV, from which the chain starts anew in every
 * subsample.
 *
 * <pre>
 * pattern 1:9      |C|s s s s s s s s s|C|s s s s s s s s s|C|..|  C = encrypted block
 *                   ^ constant IV       ^ chains to the C before    s = skipped, .. = tail
 * </pre>
 *
 * A whole-sample range has no pattern: every whole block is encrypted, the tail stays clear.
 *
 * @see "ISO/IEC 23001-7, 10.4 'cbcs' AES-CBC subsample pattern encryption scheme"
 */
public final class CbcsSampleCipher implements SampleCipher {
  static final String TRANSFORMATION = "AES/CBC/NoPadding";

  private static final int BLOCK_BYTES = 16;
  private static final int CRYPT_BYTES = BLOCK_BYTES;
  private static final int PERIOD_BYTES = 10 * BLOCK_BYTES;

  private final AesCipher cipher;
  private final byte[] constantIv;
  private byte[] gathered = new byte[4096];
  private byte[] encrypted = new byte[4096];

  /**
   * @param constantIv 16 bytes, as in {@code tenc}
   */
  public CbcsSampleCipher(ContentKey key, Bytes constantIv) {
    this.cipher = AesCipher.of(TRANSFORMATION, key);
    this.constantIv = constantIv.toArray();
  }

  @Override
  public void encrypt(
      int sample,
      byte[] in,
      int inOffset,
      byte[] out,
      int outOffset,
      int length,
      @Nullable SubsampleMap map) {
    System.arraycopy(in, inOffset, out, outOffset, length);
    if (map == null) {
      cipher.init(constantIv);
      cipher.update(in, inOffset, out, outOffset, length - length % BLOCK_BYTES);
      return;
    }
    int at = 0;
    for (int i = 0; i < map.count(); i++) {
      at += map.clear(i);
      encryptPattern(in, inOffset + at, out, outOffset + at, map.protectedBytes(i));
      at += map.protectedBytes(i);
    }
  }

  /** One CBC call for the whole range: the chain runs over the encrypted blocks only. */
  private void encryptPattern(byte[] in, int inOffset, byte[] out, int outOffset, int length) {
    int blocks = (length - length % BLOCK_BYTES + PERIOD_BYTES - CRYPT_BYTES) / PERIOD_BYTES;
    if (blocks == 0) {
      return;
    }
    int bytes = blocks * BLOCK_BYTES;
    if (bytes > gathered.length) {
      gathered = new byte[Integer.highestOneBit(bytes) * 2];
      encrypted = new byte[gathered.length];
    }
    for (int i = 0, from = inOffset; i < bytes; i += BLOCK_BYTES, from += PERIOD_BYTES) {
      System.arraycopy(in, from, gathered, i, BLOCK_BYTES);
    }
    cipher.init(constantIv);
    cipher.update(gathered, 0, encrypted, 0, bytes);
    for (int i = 0, to = outOffset; i < bytes; i += BLOCK_BYTES, to += PERIOD_BYTES) {
      System.arraycopy(encrypted, i, out, to, BLOCK_BYTES);
    }
  }
}
