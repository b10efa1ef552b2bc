package io.keymux.packager.encrypt;

import io.keymux.cpix.ContentKey;
import org.jspecify.annotations.Nullable;

/**
 * Scheme {@code cbc1}: AES-CBC with an IV for each sample. One chain runs over all protected ranges
 * of a sample; whole blocks are encrypted, the tail stays clear.
 *
 * @see "ISO/IEC 23001-7, 10.2 'cbc1' AES-CBC scheme"
 */
public final class Cbc1SampleCipher implements SampleCipher {
  private static final int BLOCK_BYTES = 16;

  private final AesCipher cipher;
  private final SampleIvs ivs;
  private final byte[] iv = new byte[SampleIvs.BLOCK_BYTES];

  public Cbc1SampleCipher(ContentKey key, SampleIvs ivs) {
    this.cipher = AesCipher.of(CbcsSampleCipher.TRANSFORMATION, key);
    this.ivs = ivs;
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
    ivs.fill(sample, iv);
    cipher.init(iv);
    System.arraycopy(in, inOffset, out, outOffset, length);
    if (map == null) {
      cipher.update(in, inOffset, out, outOffset, length - length % BLOCK_BYTES);
      return;
    }
    int at = 0;
    for (int i = 0; i < map.count(); i++) {
      at += map.clear(i);
      // Ranges are whole blocks, or the chain would not go on from one to the next.
      cipher.update(in, inOffset + at, out, outOffset + at, map.protectedBytes(i));
      at += map.protectedBytes(i);
    }
  }
}
