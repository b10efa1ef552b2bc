package io.keymux.packager.encrypt;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import org.jspecify.annotations.Nullable;

/**
 * Scheme {@code cbcs}: AES-CBC with a constant IV, from which the chain starts anew in every
 * subsample.
 *
 * <p>A whole-sample range has no pattern: every whole block is encrypted, the tail stays clear.
 *
 * @see "ISO/IEC 23001-7, 10.4 'cbcs' AES-CBC subsample pattern encryption scheme"
 */
public final class CbcsSampleCipher implements SampleCipher {
  static final String TRANSFORMATION = "AES/CBC/NoPadding";

  private static final int BLOCK_BYTES = 16;

  private final AesCipher cipher;
  private final byte[] constantIv;
  private final PatternBlocks blocks;

  /**
   * @param constantIv 16 bytes, as in {@code tenc}
   * @param pattern of subsamples
   */
  public CbcsSampleCipher(ContentKey key, Bytes constantIv, Pattern pattern) {
    this.cipher = AesCipher.of(TRANSFORMATION, key);
    this.constantIv = constantIv.toArray();
    this.blocks = new PatternBlocks(pattern);
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
      whole(in, inOffset, out, outOffset, length);
      return;
    }
    int at = 0;
    for (int i = 0; i < map.count(); i++) {
      at += map.clear(i);
      range(in, inOffset + at, out, outOffset + at, map.protectedBytes(i));
      at += map.protectedBytes(i);
    }
  }

  private void range(byte[] in, int from, byte[] out, int to, int length) {
    if (length >= BLOCK_BYTES) {
      cipher.init(constantIv);
      blocks.encrypt(cipher, in, from, out, to, length);
    }
  }

  private void whole(byte[] in, int from, byte[] out, int to, int length) {
    cipher.init(constantIv);
    cipher.update(in, from, out, to, length - length % BLOCK_BYTES);
  }
}
