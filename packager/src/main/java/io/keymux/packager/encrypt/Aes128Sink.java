package io.keymux.packager.encrypt;

import io.keymux.cpix.Bytes;
import io.keymux.packager.output.SegmentSink;

/**
 * Encrypts a file with {@link Aes128SegmentCipher} on its way to another sink. One for each thread,
 * used for one file after the other.
 */
public final class Aes128Sink implements SegmentSink {
  private final Aes128SegmentCipher cipher;
  private SegmentSink target;
  private byte[] out = new byte[Aes128SegmentCipher.BLOCK_BYTES];

  public Aes128Sink(Aes128SegmentCipher cipher) {
    this.cipher = cipher;
    this.target = (bytes, offset, length) -> {};
  }

  /**
   * Begins a file.
   *
   * @param iv 16 bytes
   * @param newTarget gets the encrypted bytes
   */
  public void start(Bytes iv, SegmentSink newTarget) {
    cipher.start(iv);
    target = newTarget;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (out.length < length + Aes128SegmentCipher.BLOCK_BYTES) {
      out = new byte[length + Aes128SegmentCipher.BLOCK_BYTES];
    }
    target.write(out, 0, cipher.update(bytes, offset, length, out));
  }

  /** Writes the padding. */
  public void finish() {
    target.write(out, 0, cipher.finish(out));
  }
}
