package io.keymux.packager.ts;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;

/**
 * What one segment is encrypted with.
 *
 * @param iv 16 bytes
 */
public record HlsSegmentKey(ContentKey key, Bytes iv) {
  private static final int IV_BYTES = 16;

  public HlsSegmentKey {
    if (iv.size() != IV_BYTES) {
      throw new IllegalArgumentException("an IV of " + iv.size() + " bytes");
    }
  }
}
