package io.keymux.packager.write;

import io.keymux.cpix.box.BoxWriter;

/**
 * The memory that one thread works in, for all tracks: fragments come and go, it stays. Bounded by
 * the largest sample and the largest fragment.
 */
final class WorkBuffers {
  /** What is read and encrypted at a time stays in the processor's cache. */
  static final int PIECE_BYTES = 256 * 1024;

  private final BoxWriter header = new BoxWriter(8192);
  private byte[] piece = new byte[0];
  private byte[] payload = new byte[0];

  /** Empties the header and makes room for a payload. */
  void startFragment(int bytes) {
    header.reset();
    if (payload.length < bytes) {
      payload = new byte[bytes];
    }
  }

  /** The boxes before the payload. */
  BoxWriter header() {
    return header;
  }

  /** The fragment's samples, as they are written. */
  byte[] payload() {
    return payload;
  }

  /** Samples as they are read; the content is lost if it has to grow. */
  byte[] piece(int bytes) {
    if (piece.length < bytes) {
      piece = new byte[Math.max(bytes, PIECE_BYTES)];
    }
    return piece;
  }
}
