package io.keymux.packager.encrypt;

/**
 * Encrypts samples of one track with one key. Holds ciphers: one for each thread.
 *
 * <p>Input and output are different arrays at the same offsets: the JDK's AES intrinsics are
 * several times faster then, and clear bytes are copied on the way.
 */
public interface SampleCipher {

  /**
   * Encrypts one sample.
   *
   * @param sample index in the track, from 0: it selects the per-sample IV
   * @param in holds the clear sample, from {@code inOffset}
   * @param out another array; gets the whole sample, clear ranges included, from {@code outOffset}
   * @param length in bytes
   * @param map its subsamples, or null to protect it whole
   */
  void encrypt(
      int sample,
      byte[] in,
      int inOffset,
      byte[] out,
      int outOffset,
      int length,
      @org.jspecify.annotations.Nullable SubsampleMap map);
}
