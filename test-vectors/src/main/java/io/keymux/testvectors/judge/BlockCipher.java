package io.keymux.testvectors.judge;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-128 as a bare block function of JCE, with counter and chaining written out here so that they
 * are nobody else's. Not thread-safe.
 */
final class BlockCipher {
  static final int SIZE = 16;

  private final Cipher encrypt;
  private final Cipher decrypt;

  BlockCipher(byte[] key) {
    try {
      SecretKeySpec spec = new SecretKeySpec(key, "AES");
      encrypt = Cipher.getInstance("AES/ECB/NoPadding");
      encrypt.init(Cipher.ENCRYPT_MODE, spec);
      decrypt = Cipher.getInstance("AES/ECB/NoPadding");
      decrypt.init(Cipher.DECRYPT_MODE, spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES", e);
    }
  }

  /** A stream that runs through the protected bytes of one sample. */
  interface Mode {
    void restart();

    boolean takesPartialBlocks();

    void apply(byte[] data, int from, int length);
  }

  /**
   * AES-CTR. The low 64 bits count and wrap without a carry.
   *
   * @param iv 8 bytes (the block counter starts at 0) or 16 bytes (the first counter block)
   */
  Mode counter(byte[] iv) {
    return new Counter(Arrays.copyOf(iv, SIZE));
  }

  /**
   * AES-CBC.
   *
   * @param iv 16 bytes; 8 are padded with zero
   */
  Mode chain(byte[] iv) {
    return new Chain(Arrays.copyOf(iv, SIZE));
  }

  private static byte[] run(Cipher cipher, byte[] data, int from, int length) {
    try {
      return cipher.doFinal(data, from, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("whole blocks without padding cannot fail", e);
    }
  }

  private final class Counter implements Mode {
    private final byte[] first;
    private long used;

    private Counter(byte[] first) {
      this.first = first;
    }

    @Override
    public void restart() {
      used = 0;
    }

    @Override
    public boolean takesPartialBlocks() {
      return true;
    }

    @Override
    public void apply(byte[] data, int from, int length) {
      if (length == 0) {
        return;
      }
      long firstBlock = used / SIZE;
      int skip = (int) (used % SIZE);
      int blocks = (skip + length + SIZE - 1) / SIZE;
      byte[] counters = new byte[blocks * SIZE];
      long low = 0;
      for (int i = 8; i < SIZE; i++) {
        low = (low << 8) | (first[i] & 0xff);
      }
      low += firstBlock;
      for (int b = 0; b < blocks; b++, low++) {
        System.arraycopy(first, 0, counters, b * SIZE, 8);
        for (int i = 0; i < 8; i++) {
          counters[b * SIZE + 8 + i] = (byte) (low >>> (56 - 8 * i));
        }
      }
      byte[] keyStream = run(encrypt, counters, 0, counters.length);
      for (int i = 0; i < length; i++) {
        data[from + i] ^= keyStream[skip + i];
      }
      used += length;
    }
  }

  private final class Chain implements Mode {
    private final byte[] iv;
    private byte[] previous;

    private Chain(byte[] iv) {
      this.iv = iv;
      previous = iv;
    }

    @Override
    public void restart() {
      previous = iv;
    }

    @Override
    public boolean takesPartialBlocks() {
      return false;
    }

    @Override
    public void apply(byte[] data, int from, int length) {
      if (length == 0) {
        return;
      }
      byte[] cipherText = Arrays.copyOfRange(data, from, from + length);
      byte[] mixed = run(decrypt, data, from, length);
      for (int i = 0; i < length; i++) {
        byte before = i < SIZE ? previous[i] : cipherText[i - SIZE];
        data[from + i] = (byte) (mixed[i] ^ before);
      }
      previous = Arrays.copyOfRange(cipherText, length - SIZE, length);
    }
  }
}
