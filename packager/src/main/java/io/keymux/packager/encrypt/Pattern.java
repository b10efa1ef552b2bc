package io.keymux.packager.encrypt;

import org.jspecify.annotations.Nullable;

/**
 * How many blocks of 16 bytes are encrypted and then skipped, over and over.
 *
 * <p>Blocks at the end of a range that are fewer than {@code cryptBlocks} stay clear: so do Shaka
 * Packager and ffmpeg. With 1:9 there is no such case, which is one more reason to prefer it.
 *
 * @param cryptBlocks 1 to 15, or 0 in {@link #NONE}
 * @param skipBlocks 0 to 15
 * @see "ISO/IEC 23001-7, 9.6 Pattern encryption: a partial crypt_byte_block remains unencrypted"
 */
public record Pattern(int cryptBlocks, int skipBlocks) {
  /** No pattern: protected ranges are encrypted whole. */
  public static final Pattern NONE = new Pattern(0, 0);

  /** One block of ten: what every DRM system that takes patterns takes. */
  public static final Pattern ONE_OF_TEN = new Pattern(1, 9);

  private static final int BLOCK_BYTES = 16;

  public Pattern {
    boolean fits = cryptBlocks >= 0 && cryptBlocks <= 15 && skipBlocks >= 0 && skipBlocks <= 15;
    if (!fits || (cryptBlocks == 0 && skipBlocks > 0)) {
      throw new IllegalArgumentException("pattern " + cryptBlocks + ":" + skipBlocks);
    }
  }

  /** Bytes that are encrypted at a time. */
  int cryptBytes() {
    return BLOCK_BYTES * cryptBlocks;
  }

  /** Bytes after which the pattern starts over. */
  int periodBytes() {
    return BLOCK_BYTES * (cryptBlocks + skipBlocks);
  }

  /** Whether anything is skipped. */
  boolean skips() {
    return skipBlocks > 0;
  }

  // Written out: what the compiler makes is linked at run time, which a short job would feel.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Pattern that
        && cryptBlocks == that.cryptBlocks
        && skipBlocks == that.skipBlocks;
  }

  @Override
  public int hashCode() {
    return 16 * cryptBlocks + skipBlocks;
  }
}
