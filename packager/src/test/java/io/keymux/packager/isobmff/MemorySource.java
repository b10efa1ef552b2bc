package io.keymux.packager.isobmff;

import io.keymux.packager.input.MediaSource;
import java.nio.ByteBuffer;

/** An input in memory that refuses, as an error of the reader, to be read outside its bounds. */
record MemorySource(ByteBuffer content) implements MediaSource {
  static MemorySource of(byte[] bytes) {
    return new MemorySource(ByteBuffer.wrap(bytes));
  }

  @Override
  public String name() {
    return "test.mp4";
  }

  @Override
  public long size() {
    return content.capacity();
  }

  @Override
  public void read(long position, byte[] target, int offset, int length) {
    content.get(Math.toIntExact(position), target, offset, length);
  }

  @Override
  public void close() {}
}
