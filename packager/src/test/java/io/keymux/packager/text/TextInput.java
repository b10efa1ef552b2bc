package io.keymux.packager.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.Bytes;
import io.keymux.packager.input.MediaSource;

/** A file of text in memory. */
record TextInput(String name, Bytes bytes) implements MediaSource {
  static TextInput vtt(String text) {
    return new TextInput("test.vtt", Bytes.copyOf(text.getBytes(UTF_8)));
  }

  static TextInput ttml(String text) {
    return new TextInput("test.ttml", Bytes.copyOf(text.getBytes(UTF_8)));
  }

  @Override
  public long size() {
    return bytes.size();
  }

  @Override
  public void read(long position, byte[] target, int offset, int length) {
    System.arraycopy(bytes.toArray(), Math.toIntExact(position), target, offset, length);
  }

  @Override
  public void close() {}
}
