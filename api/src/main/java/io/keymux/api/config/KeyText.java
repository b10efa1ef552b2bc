package io.keymux.api.config;

import io.keymux.api.secret.SecretText;
import io.keymux.cpix.SecretBytes;

/** A key of 32 bytes as people keep it: 64 hex digits, or base64. */
public final class KeyText {
  private static final int BYTES = 32;

  private KeyText() {}

  /**
   * @param setting for messages
   * @param text as it is written
   * @throws io.keymux.cpix.DrmException with code {@code invalid-config} if it is neither
   */
  public static SecretBytes read(String setting, SecretBytes text) {
    SecretBytes key = null;
    String written = SecretText.utf8(text);
    try {
      key =
          written.length() == 2 * BYTES ? SecretText.ofHex(written) : SecretText.ofBase64(written);
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    if (key == null || key.size() != BYTES) {
      throw Grants.invalid(setting + " is not 32 bytes as 64 hex digits or in base64");
    }
    return key;
  }
}
