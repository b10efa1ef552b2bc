package io.keymux.api.cli;

import io.keymux.cpix.SecretBytes;
import java.util.Arrays;
import java.util.HexFormat;

/** A key in hex, for people who have asked to see it with {@code --reveal-keys}. */
final class RevealedKey {
  private RevealedKey() {}

  static String hex(SecretBytes key) {
    byte[] value = key.reveal();
    try {
      return HexFormat.of().formatHex(value);
    } finally {
      Arrays.fill(value, (byte) 0);
    }
  }
}
