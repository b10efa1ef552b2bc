package io.keymux.packager.encrypt;

/**
 * The encrypted blocks of a range with a pattern, put together: the chain or key stream runs over
 * these alone, so one call to the cipher does for the range. Reused; not thread-safe.
 *
 * <pre>
 * range  |C|s s s s s s s s s|C|s s s s s s s s s|C|..|  C = encrypted block, s = skipped
 *         v                   v                   v
 * blocks |C|C|C|
 * </pre>
 */
final class PatternBlocks {
  private final Pattern pattern;
  private byte[] gathered = new byte[4096];
  private byte[] encrypted = new byte[4096];

  /**
   * @param pattern with at least one crypt block
   */
  PatternBlocks(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Encrypts the blocks of one range, from {@code in} to the same places in {@code out}, which
   * holds the range already.
   */
  void encrypt(AesCipher cipher, byte[] in, int inOffset, byte[] out, int outOffset, int length) {
    int run = pattern.cryptBytes();
    int lastRun = length - run;
    reserve(length);
    int bytes = 0;
    for (int at = 0; at <= lastRun; at += pattern.periodBytes()) {
      System.arraycopy(in, inOffset + at, gathered, bytes, run);
      bytes += run;
    }
    if (bytes == 0) {
      return;
    }
    cipher.update(gathered, 0, encrypted, 0, bytes);
    int from = 0;
    for (int at = 0; at <= lastRun; at += pattern.periodBytes()) {
      System.arraycopy(encrypted, from, out, outOffset + at, run);
      from += run;
    }
  }

  private void reserve(int rangeBytes) {
    long most = ((long) rangeBytes / pattern.periodBytes() + 1) * pattern.cryptBytes();
    if (most > gathered.length) {
      gathered = new byte[(int) Math.min(Integer.MAX_VALUE - 64, most + most / 2)];
      encrypted = new byte[gathered.length];
    }
  }
}
