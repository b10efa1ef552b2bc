package io.keymux.testvectors.judge;

import java.util.List;

/**
 * Undoes the four schemes of Common Encryption, one sample at a time. Not thread-safe.
 *
 * @see "ISO/IEC 23001-7, Encryption of media data"
 */
final class SampleCipher {
  private final BlockCipher aes;

  SampleCipher(byte[] key) {
    aes = new BlockCipher(key);
  }

  /**
   * Decrypts {@code sample} in place.
   *
   * @param place offset of the sample in the file, for messages
   * @return how many bytes were under the cipher
   */
  int decrypt(byte[] sample, Protection how, AuxInfo info, int place) {
    byte[] iv = (how.ivSize() == 0 ? how.constantIv() : info.iv()).toArray();
    BlockCipher.Mode mode =
        switch (how.scheme()) {
          case "cenc", "cens" -> aes.counter(iv);
          case "cbcs", "cbc1" -> aes.chain(iv);
          default ->
              throw UnreadableMediaException.unsupported(place, "the scheme is " + how.scheme());
        };
    // Only cbcs starts afresh at every subsample; the others run on through the sample.
    boolean restarts = how.scheme().equals("cbcs");
    List<Subsample> ranges =
        info.subsamples().isEmpty() ? List.of(new Subsample(0, sample.length)) : info.subsamples();
    int at = 0;
    int total = 0;
    for (Subsample range : ranges) {
      at += range.clear();
      if (at > sample.length || range.covered() > sample.length - at) {
        throw UnreadableMediaException.malformed(
            place, "the subsamples are longer than the sample of " + sample.length + " bytes");
      }
      if (restarts) {
        mode.restart();
      }
      boolean whole = info.subsamples().isEmpty() && how.skipBlocks() == 0;
      total += decryptRange(sample, at, range.covered(), whole ? 0 : how.cryptBlocks(), how, mode);
      at += range.covered();
    }
    if (at != sample.length) {
      throw UnreadableMediaException.malformed(
          place, "the subsamples cover " + at + " of " + sample.length + " bytes");
    }
    return total;
  }

  private static int decryptRange(
      byte[] sample, int from, int length, int crypt, Protection how, BlockCipher.Mode mode) {
    boolean patterned = how.scheme().equals("cbcs") || how.scheme().equals("cens");
    if (!patterned || crypt == 0) {
      int covered = mode.takesPartialBlocks() ? length : wholeBlocks(length);
      mode.apply(sample, from, covered);
      return covered;
    }
    int total = 0;
    int at = from;
    int rest = length;
    int run = crypt * BlockCipher.SIZE;
    while (rest >= run) {
      mode.apply(sample, at, run);
      total += run;
      int step = run + how.skipBlocks() * BlockCipher.SIZE;
      at += step;
      rest -= step;
    }
    return total;
  }

  private static int wholeBlocks(int length) {
    return length - length % BlockCipher.SIZE;
  }
}
