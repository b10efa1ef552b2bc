package io.keymux.packager.encrypt;

import io.keymux.cpix.ContentKey;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Scheme {@code cenc}: AES-CTR with an 8-byte IV for each sample, counting up from the track's
 * first, and a block counter that starts at 0. One key stream runs over all protected ranges of a
 * sample.
 *
 * @see "ISO/IEC 23001-7, 10.1 'cenc' AES-CTR scheme"
 */
public final class CencSampleCipher implements SampleCipher {
  static final String TRANSFORMATION = "AES/CTR/NoPadding";

  private final AesCipher cipher;
  private final long firstIv;
  private final byte[] counterBlock = new byte[16];

  /**
   * @param firstIv IV of sample 0; sample n has {@code firstIv + n}, modulo 2^64
   */
  public CencSampleCipher(ContentKey key, long firstIv) {
    this.cipher = AesCipher.of(TRANSFORMATION, key);
    this.firstIv = firstIv;
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
    ByteBuffer.wrap(counterBlock).putLong(firstIv + sample);
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
      cipher.update(in, from + clear, out, to + clear, covered);
      from += clear + covered;
      to += clear + covered;
    }
  }
}
