package io.keymux.packager.verify;

import io.keymux.packager.input.MediaSource;

/**
 * What a file decrypts to.
 *
 * @param bytes not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record MemorySource(String name, byte[] bytes) implements MediaSource {
  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public void read(long position, byte[] target, int offset, int length) {
    System.arraycopy(bytes, Math.toIntExact(position), target, offset, length);
  }

  @Override
  public void close() {}
}
