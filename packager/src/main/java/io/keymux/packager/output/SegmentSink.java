package io.keymux.packager.output;

/** Takes the bytes of one segment in order. */
public interface SegmentSink {

  /**
   * @param bytes may change after the call
   * @throws OutputException if they cannot be written
   */
  void write(byte[] bytes, int offset, int length);
}
