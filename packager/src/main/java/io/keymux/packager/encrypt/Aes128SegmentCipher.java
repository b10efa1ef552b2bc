package io.keymux.packager.encrypt;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import java.util.Arrays;

/**
 * HLS AES-128: a whole file in AES-CBC with PKCS#7 padding, taken in chunks. The file grows by 1 to
 * 16 bytes.
 *
 * <p>Holds a cipher: one for each thread, used for one file after the other.
 *
 * @see "RFC 8216, 4.3.2.4 EXT-X-KEY"
 */
public final class Aes128SegmentCipher {
  public static final int BLOCK_BYTES = 16;

  private final AesCipher cipher;
  private final byte[] rest = new byte[BLOCK_BYTES];
  private int restBytes;

  public Aes128SegmentCipher(ContentKey key) {
    this.cipher = AesCipher.of(CbcsSampleCipher.TRANSFORMATION, key);
  }

  /**
   * A small file at once.
   *
   * @param iv 16 bytes
   * @return longer by 1 to 16 bytes
   */
  public static byte[] encrypt(ContentKey key, Bytes iv, byte[] file) {
    Aes128SegmentCipher cipher = new Aes128SegmentCipher(key);
    cipher.start(iv);
    byte[] out = new byte[file.length + BLOCK_BYTES];
    int done = cipher.update(file, 0, file.length, out);
    byte[] last = new byte[BLOCK_BYTES];
    cipher.finish(last);
    System.arraycopy(last, 0, out, done, BLOCK_BYTES);
    return Arrays.copyOf(out, done + BLOCK_BYTES);
  }

  /**
   * Begins a file.
   *
   * @param iv 16 bytes
   */
  public void start(Bytes iv) {
    cipher.init(iv.toArray());
    restBytes = 0;
  }

  /**
   * Encrypts the next chunk; up to 15 bytes wait for the next one.
   *
   * @param out another array, with room for {@code length + 15} bytes
   * @return bytes that are now in {@code out}
   */
  public int update(byte[] in, int offset, int length, byte[] out) {
    int from = offset;
    int left = length;
    int done = 0;
    if (restBytes > 0) {
      int take = Math.min(left, BLOCK_BYTES - restBytes);
      System.arraycopy(in, from, rest, restBytes, take);
      restBytes += take;
      from += take;
      left -= take;
      if (restBytes < BLOCK_BYTES) {
        return 0;
      }
      cipher.update(rest, 0, out, 0, BLOCK_BYTES);
      done = BLOCK_BYTES;
    }
    int whole = left - left % BLOCK_BYTES;
    cipher.update(in, from, out, done, whole);
    restBytes = left - whole;
    System.arraycopy(in, from + whole, rest, 0, restBytes);
    return done + whole;
  }

  /**
   * Ends the file with its padding.
   *
   * @param out with room for {@value #BLOCK_BYTES} bytes
   * @return bytes that are now in {@code out}: {@value #BLOCK_BYTES}
   */
  public int finish(byte[] out) {
    byte padding = (byte) (BLOCK_BYTES - restBytes);
    for (int i = restBytes; i < BLOCK_BYTES; i++) {
      rest[i] = padding;
    }
    cipher.update(rest, 0, out, 0, BLOCK_BYTES);
    restBytes = 0;
    return BLOCK_BYTES;
  }
}
