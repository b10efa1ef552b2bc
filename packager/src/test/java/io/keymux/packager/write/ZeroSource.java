package io.keymux.packager.write;

import io.keymux.packager.input.MediaSource;
import java.util.function.IntConsumer;

/**
 * An endless input of zeros.
 *
 * @param segmentBytes size of a segment of the test
 * @param onRead gets the number of the segment that is read, from 0
 */
record ZeroSource(int segmentBytes, IntConsumer onRead) implements MediaSource {
  @Override
  public String name() {
    return "fake.mp4";
  }

  @Override
  public long size() {
    return Long.MAX_VALUE;
  }

  @Override
  public void read(long position, byte[] target, int offset, int length) {
    onRead.accept((int) (position / segmentBytes));
  }

  @Override
  public void close() {}
}
