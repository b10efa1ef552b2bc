package io.keymux.packager.codec;

/** Tells how many bytes at the start of a NAL unit must stay clear. Not thread-safe. */
public interface SliceHeaderParser {
  /** The answer for a NAL unit that holds no slice: it stays clear as a whole. */
  int ALL_CLEAR = -1;

  /**
   * Looks at one NAL unit; takes over a parameter set.
   *
   * @param data holds the NAL unit, without its length field
   * @param offset of its first byte (the NAL unit header)
   * @param length in bytes, at least 1
   * @return {@link #ALL_CLEAR}, or the bytes of NAL unit header and slice header, rounded up to
   *     whole bytes, emulation prevention bytes counted; at most {@code length}
   * @throws io.keymux.cpix.DrmException with code {@code slice-header-unreadable} if it cannot be
   *     parsed
   */
  int clearBytes(byte[] data, int offset, int length);
}
