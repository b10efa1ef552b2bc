package io.keymux.packager.verify;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.verify.TrackBoxes.Protection;
import io.keymux.packager.verify.TrackFragment.SampleInfo;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decrypts samples by what {@code tenc} and {@code senc} say. Holds a cipher: one for each thread.
 *
 * @see "ISO/IEC 23001-7, 9 Encryption of media data"
 */
final class SampleDecryptor {
  private static final int BLOCK_BYTES = 16;
  private static final int SLICE_BYTES = 4096;

  private final Protection protection;
  private final boolean counterMode;
  private final boolean chainsOver;
  private final Cipher cipher;
  private final SecretKeySpec key;
  private byte[] gathered = new byte[0];
  private byte[] plain = new byte[0];

  SampleDecryptor(Protection protection, SecretBytes secret) {
    this.protection = protection;
    this.counterMode = protection.scheme().equals("cenc") || protection.scheme().equals("cens");
    this.chainsOver = !protection.scheme().equals("cbcs");
    byte[] value = secret.reveal();
    try {
      this.cipher = Cipher.getInstance(counterMode ? "AES/CTR/NoPadding" : "AES/CBC/NoPadding");
      this.key = new SecretKeySpec(value, "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES is missing from this JDK", e);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }

  /** Whether the scheme is one of Common Encryption. */
  static boolean knows(String scheme) {
    return scheme.equals("cenc")
        || scheme.equals("cens")
        || scheme.equals("cbcs")
        || scheme.equals("cbc1");
  }

  /** Decrypts one sample from {@code in} to the same place in {@code out}. */
  void decrypt(SampleInfo info, byte[] in, byte[] out, int offset, int length) {
    init(info);
    if (info.clear().length == 0) {
      // Some write 10:0 for audio and mean all blocks.
      range(in, out, offset, length, protection.skipBlocks() > 0);
      return;
    }
    int at = offset;
    for (int i = 0; i < info.clear().length; i++) {
      System.arraycopy(in, at, out, at, info.clear()[i]);
      at += info.clear()[i];
      if (!chainsOver && i > 0) {
        init(info);
      }
      range(in, out, at, info.protectedBytes()[i], protection.cryptBlocks() > 0);
      at += info.protectedBytes()[i];
    }
  }

  private void init(SampleInfo info) {
    Bytes constantIv = protection.constantIv();
    byte[] iv = protection.ivSize() > 0 || constantIv == null ? info.iv() : constantIv.toArray();
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, new IvParameterSpec(Arrays.copyOf(iv, BLOCK_BYTES)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES refuses an IV", e);
    }
  }

  private void range(byte[] in, byte[] out, int offset, int length, boolean pattern) {
    int crypt = protection.cryptBlocks() * BLOCK_BYTES;
    int skip = protection.skipBlocks() * BLOCK_BYTES;
    int usable = counterMode && !pattern ? length : length - length % BLOCK_BYTES;
    if (pattern) {
      System.arraycopy(in, offset, out, offset, length);
      pattern(out, offset, usable, crypt, crypt + skip);
    } else {
      update(in, offset, usable, out, offset);
      System.arraycopy(in, offset + usable, out, offset + usable, length - usable);
    }
  }

  /** The chain or key stream runs over the encrypted blocks alone, so they are put together. */
  private void pattern(byte[] data, int offset, int usable, int crypt, int period) {
    if (gathered.length < usable) {
      gathered = new byte[usable];
      plain = new byte[usable];
    }
    int bytes = 0;
    for (int at = 0; at + crypt <= usable; at += period) {
      System.arraycopy(data, offset + at, gathered, bytes, crypt);
      bytes += crypt;
    }
    update(gathered, 0, bytes, plain, 0);
    int from = 0;
    for (int at = 0; at + crypt <= usable; at += period) {
      System.arraycopy(plain, from, data, offset + at, crypt);
      from += crypt;
    }
  }

  private void update(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
    try {
      for (int done = 0; done < length; done += SLICE_BYTES) {
        int slice = Math.min(SLICE_BYTES, length - done);
        cipher.update(in, inOffset + done, slice, out, outOffset + done);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES refuses a slice", e);
    }
  }
}
