package io.keymux.packager.encrypt;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;

/**
 * SAMPLE-AES outside of MP4: encrypts frames where they lie, each NAL unit and each audio frame
 * from the IV anew.
 *
 * <pre>
 * NAL unit     |32 clear|C|s s s s s s s s s|C|..  1:9 while more than 16 bytes remain
 * audio frame  |16 clear|C C C C C C|..            tail of less than 16 bytes clear
 * </pre>
 *
 * Holds a cipher: one for each thread.
 *
 * @see "Apple, MPEG-2 Stream Encryption Format for HTTP Live Streaming, 2.2 and 2.3"
 */
public final class SampleAesCipher {
  private static final int BLOCK_BYTES = 16;
  private static final int PERIOD_BYTES = 10 * BLOCK_BYTES;
  private static final int NAL_CLEAR_BYTES = 32;
  private static final int AUDIO_CLEAR_BYTES = 16;
  private static final int LONGEST_CLEAR_NAL = 48;
  private static final int SLICE = 1;
  private static final int IDR_SLICE = 5;

  private final AesCipher cipher;
  private final byte[] iv;
  private byte[] gathered = new byte[4096];
  private byte[] encrypted = new byte[4096];

  /**
   * @param iv 16 bytes
   */
  public SampleAesCipher(ContentKey key, Bytes iv) {
    this.cipher = AesCipher.of(CbcsSampleCipher.TRANSFORMATION, key);
    this.iv = iv.toArray();
  }

  /**
   * Encrypts a NAL unit of H.264 if it is one of those that must be.
   *
   * @param data holds it as in the stream, with emulation prevention, which the result needs again
   * @param offset of the byte with {@code nal_unit_type}
   * @return whether it was encrypted
   */
  public boolean encryptNal(byte[] data, int offset, int length) {
    int type = length == 0 ? 0 : data[offset] & 0x1f;
    if (length <= LONGEST_CLEAR_NAL || (type != SLICE && type != IDR_SLICE)) {
      return false;
    }
    // A block is encrypted where more than 16 bytes remain, so the last byte never counts.
    int most = length - 1 - NAL_CLEAR_BYTES - BLOCK_BYTES;
    int blocks = 1 + most / PERIOD_BYTES;
    encrypt(data, offset + NAL_CLEAR_BYTES, blocks, PERIOD_BYTES);
    return true;
  }

  /**
   * Encrypts one audio frame: AAC without its ADTS header, AC-3, or one syncframe of E-AC-3. One
   * that is too short stays clear.
   */
  public void encryptAudio(byte[] data, int offset, int length) {
    int blocks = (length - AUDIO_CLEAR_BYTES) / BLOCK_BYTES;
    if (blocks > 0) {
      encrypt(data, offset + AUDIO_CLEAR_BYTES, blocks, BLOCK_BYTES);
    }
  }

  /** One CBC call over blocks that lie {@code step} bytes apart. */
  private void encrypt(byte[] data, int offset, int blocks, int step) {
    int bytes = blocks * BLOCK_BYTES;
    if (bytes > gathered.length) {
      gathered = new byte[Integer.highestOneBit(bytes) * 2];
      encrypted = new byte[gathered.length];
    }
    for (int i = 0, from = offset; i < bytes; i += BLOCK_BYTES, from += step) {
      System.arraycopy(data, from, gathered, i, BLOCK_BYTES);
    }
    cipher.init(iv);
    cipher.update(gathered, 0, encrypted, 0, bytes);
    for (int i = 0, to = offset; i < bytes; i += BLOCK_BYTES, to += step) {
      System.arraycopy(encrypted, i, data, to, BLOCK_BYTES);
    }
  }
}
