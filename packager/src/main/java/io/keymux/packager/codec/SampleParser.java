package io.keymux.packager.codec;

/** Divides samples into what must stay clear and what may be encrypted. Not thread-safe. */
public interface SampleParser {

  /**
   * Parses one sample.
   *
   * @param data holds the sample, clear
   * @param offset of its first byte
   * @param length in bytes
   * @param ranges is told of the whole sample from its start to its end; undefined after an error
   * @throws io.keymux.cpix.DrmException with blame {@code CALLER} if the sample cannot be parsed
   */
  void parse(byte[] data, int offset, int length, SampleRanges ranges);

  /**
   * Learns from the start of a segment, where parsing begins in the middle of one.
   *
   * @param start of the segment's first sample, perhaps cut off
   */
  default void readSegmentStart(byte[] start) {}
}
