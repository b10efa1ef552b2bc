package io.keymux.packager.encrypt;

import io.keymux.cpix.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * The IVs of one track's samples under one key.
 *
 * @see "ISO/IEC 23001-7, 9.2 Initialization Vectors"
 */
public sealed interface SampleIvs {
  /** Bytes of a cipher block, and of the longest IV. */
  int BLOCK_BYTES = 16;

  /** Bytes of the IV that each sample carries in {@code senc}: 8, 16, or 0 with a constant IV. */
  int perSampleBytes();

  /**
   * Fills in what the cipher starts a sample with: its IV, with zeros behind one of 8 bytes.
   *
   * @param sample index in the track, from 0
   * @param block 16 bytes
   */
  void fill(int sample, byte[] block);

  /** The constant IV, or null if samples have IVs of their own. */
  default @Nullable Bytes constant() {
    return null;
  }

  /**
   * IVs of counter mode that count up by one from sample to sample. In 16-byte IVs it is the high
   * half that counts, and the block counter runs on from the low half, so samples never meet.
   *
   * @param first 8 bytes of sample 0 as a big-endian number
   * @param low the low half of 16-byte IVs; 0 with 8-byte IVs
   * @param perSampleBytes 8 or 16
   */
  record Counting(long first, long low, int perSampleBytes) implements SampleIvs {
    public Counting {
      if (perSampleBytes != 16 && (perSampleBytes != 8 || low != 0)) {
        throw new IllegalArgumentException("IVs of " + perSampleBytes + " bytes");
      }
    }

    @Override
    public void fill(int sample, byte[] block) {
      ByteBuffer.wrap(block).putLong(first + sample).putLong(low);
    }
  }

  /**
   * One IV for all samples.
   *
   * @param iv 16 bytes
   */
  record Constant(Bytes iv) implements SampleIvs {
    @Override
    public int perSampleBytes() {
      return 0;
    }

    @Override
    public void fill(int sample, byte[] block) {
      System.arraycopy(iv.toArray(), 0, block, 0, BLOCK_BYTES);
    }

    @Override
    public Bytes constant() {
      return iv;
    }
  }

  /**
   * 16-byte IVs that cannot be told in advance: in chained mode an IV that repeats gives away which
   * samples start alike.
   *
   * @param seed 16 bytes that differ for every track and key
   * @param first of sample 0, 16 bytes, or null to take it from the seed too
   */
  record Scattered(Bytes seed, @Nullable Bytes first) implements SampleIvs {
    @Override
    public int perSampleBytes() {
      return BLOCK_BYTES;
    }

    @Override
    public void fill(int sample, byte[] block) {
      byte[] source = first != null && sample == 0 ? first.toArray() : hash(sample);
      System.arraycopy(source, 0, block, 0, BLOCK_BYTES);
    }

    private byte[] hash(int sample) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(seed.toArray());
        return digest.digest(ByteBuffer.allocate(Integer.BYTES).putInt(sample).array());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }
}
