package io.keymux.cpix.box;

import io.keymux.cpix.DrmException;

/** Bytes that are not the ISO BMFF they claim to be. The message names the byte offset. */
public final class MalformedBoxException extends DrmException {
  private final long offset;

  /**
   * @param offset from the start of the file or buffer, in bytes
   */
  public MalformedBoxException(long offset, String what) {
    super(
        Blame.CALLER,
        "malformed-mp4",
        "Byte offset " + offset + ": " + what + ".",
        "The file is damaged or not an MP4; make it anew.");
    this.offset = offset;
  }

  public long offset() {
    return offset;
  }
}
