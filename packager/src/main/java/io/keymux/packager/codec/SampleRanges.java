package io.keymux.packager.codec;

/** Takes the ranges of one sample in order. */
public interface SampleRanges {

  /**
   * Bytes that must stay clear.
   *
   * @param bytes at least 0
   */
  void clear(int bytes);

  /**
   * A range that is protected as one: a slice, a tile. A scheme may leave a part of it clear.
   *
   * @param bytes at least 1
   */
  void protectable(int bytes);
}
