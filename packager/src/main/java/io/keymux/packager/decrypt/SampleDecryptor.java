package io.keymux.packager.decrypt;

import io.keymux.cpix.SecretBytes;
import io.keymux.packager.isobmff.ProtectionSetting;
import io.keymux.packager.isobmff.SampleProtection;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decrypts samples of one setting. Holds a cipher: one for each thread.
 *
 * <p>In {@code cens} the key stream runs over the encrypted blocks alone, as Shaka Packager and
 * ffmpeg read the standard; other writers exist.
 *
 * @see "ISO/IEC 23001-7, 9 and 10"
 */
final class SampleDecryptor {
  private static final int BLOCK_BYTES = 16;

  /** Small calls are compiled early, and only compiled callers reach the JDK's AES instructions. */
  private static final int SLICE_BYTES = 4096;

  private final SampleProtection samples;
  private final boolean counterMode;
  private final boolean chainPerSubsample;
  private final int cryptBytes;
  private final int periodBytes;
  private final Cipher cipher;
  private final SecretKeySpec key;
  private final byte[] iv = new byte[BLOCK_BYTES];
  private byte[] gathered = new byte[0];
  private byte[] plain = new byte[0];

  SampleDecryptor(SampleProtection samples, ProtectionSetting setting, SecretBytes secret) {
    this.samples = samples;
    this.counterMode = setting.scheme().equals("cenc") || setting.scheme().equals("cens");
    this.chainPerSubsample = setting.scheme().equals("cbcs");
    this.cryptBytes = setting.cryptBlocks() * BLOCK_BYTES;
    this.periodBytes = cryptBytes + setting.skipBlocks() * BLOCK_BYTES;
    byte[] value = secret.reveal();
    try {
      this.cipher = Cipher.getInstance(counterMode ? "AES/CTR/NoPadding" : "AES/CBC/NoPadding");
      this.key = new SecretKeySpec(value, "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES", e);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  /**
   * Decrypts a whole sample.
   *
   * @param sample index in the track
   * @param in holds it from 0
   * @param out another array, which holds a copy from {@code outOffset}: clear bytes stay
   */
  void decrypt(int sample, byte[] in, byte[] out, int outOffset, int length) {
    samples.iv(sample, iv);
    start();
    int subsamples = samples.subsamples(sample);
    if (subsamples == 0) {
      // Audio marked 10:0 or 0:0 is encrypted in all its blocks.
      range(in, 0, out, outOffset, length, periodBytes > cryptBytes);
      return;
    }
    int at = 0;
    for (int i = 0; i < subsamples; i++) {
      at += samples.clearBytes(sample, i);
      int covered = samples.protectedBytes(sample, i);
      if (chainPerSubsample && i > 0) {
        start();
      }
      range(in, at, out, outOffset + at, covered, periodBytes > 0);
      at += covered;
    }
  }

  private void start() {
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(iv));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES refuses an IV of 16 bytes", e);
    }
  }

  private void range(byte[] in, int from, byte[] out, int to, int length, boolean pattern) {
    if (pattern) {
      pattern(in, from, out, to, length - length % BLOCK_BYTES);
    } else {
      update(in, from, out, to, counterMode ? length : length - length % BLOCK_BYTES);
    }
  }

  private void pattern(byte[] in, int from, byte[] out, int to, int length) {
    if (gathered.length < length) {
      gathered = new byte[length];
      plain = new byte[length];
    }
    int bytes = 0;
    for (int at = 0; at + cryptBytes <= length; at += periodBytes) {
      System.arraycopy(in, from + at, gathered, bytes, cryptBytes);
      bytes += cryptBytes;
    }
    update(gathered, 0, plain, 0, bytes);
    int taken = 0;
    for (int at = 0; at + cryptBytes <= length; at += periodBytes) {
      System.arraycopy(plain, taken, out, to + at, cryptBytes);
      taken += cryptBytes;
    }
  }

  private void update(byte[] in, int from, byte[] out, int to, int length) {
    try {
      for (int done = 0; done < length; done += SLICE_BYTES) {
        int slice = Math.min(SLICE_BYTES, length - done);
        cipher.update(in, from + done, slice, out, to + done);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES refuses a slice", e);
    }
  }
}
