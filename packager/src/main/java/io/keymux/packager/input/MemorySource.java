package io.keymux.packager.input;

/**
 * Bytes that are in memory already.
 *
 * @param bytes not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record MemorySource(String name, byte[] bytes) implements MediaSource {
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
