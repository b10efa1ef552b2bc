package io.keymux.packager.verify.manifest;

import io.keymux.cpix.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The key line of METHOD=AES-128 that applies to a file, which it encrypts as a whole.
 *
 * @param place of the line
 * @param uri of the key, which tells keys apart and is never shown
 * @param iv 16 bytes; null if an init segment has none, though it must
 * @see "RFC 8216, 4.3.2.4 EXT-X-KEY"
 */
public record FileKey(String place, String uri, @Nullable Bytes iv) {
  @Override
  public String toString() {
    return "AES-128 at " + place;
  }
}
