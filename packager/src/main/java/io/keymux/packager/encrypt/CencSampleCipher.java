package io.keymux.packager.encrypt;

import io.keymux.cpix.ContentKey;
import org.jspecify.annotations.Nullable;

/**
 * Schemes {@code cenc} and {@code cens}: AES-CTR with an IV for each sample. One key stream runs
 * over all protected ranges of a sample; with a pattern it runs over the encrypted blocks alone.
 *
 * @see "ISO/IEC 23001-7, 10.1 'cenc' AES-CTR scheme and 10.3 'cens' AES-CTR subsample pattern
 *     encryption scheme"
 */
public final class CencSampleCipher implements SampleCipher {
  static final String TRANSFORMATION = "AES/CTR/NoPadding";

  private final AesCipher cipher;
  private final SampleIvs ivs;
  private final byte[] counterBlock = new byte[SampleIvs.BLOCK_BYTES];
  private final @Nullable PatternBlocks blocks;

  /**
   * @param pattern of ranges; samples without subsamples are always encrypted whole
   */
  public CencSampleCipher(ContentKey key, SampleIvs ivs, Pattern pattern) {
    this.cipher = AesCipher.of(TRANSFORMATION, key);
    this.ivs = ivs;
    this.blocks = pattern.equals(Pattern.NONE) ? null : new PatternBlocks(pattern);
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
    ivs.fill(sample, counterBlock);
    cipher.init(counterBlock);
    if (map == null) {
      cipher.update(in, inOffset, out, outOffset, length);
      return;
    }
    int from = inOffset;
    int to = outOffset;
    for (int i = 0; i < map.count(); i++) {
      int clear = map.clear(i);
      int covered = map.protectedBytes(i);
      System.arraycopy(in, from, out, to, clear);
      range(in, from + clear, out, to + clear, covered);
      from += clear + covered;
      to += clear + covered;
    }
  }

  private void range(byte[] in, int from, byte[] out, int to, int length) {
    if (blocks == null) {
      cipher.update(in, from, out, to, length);
    } else {
      System.arraycopy(in, from, out, to, length);
      blocks.encrypt(cipher, in, from, out, to, length);
    }
  }
}
