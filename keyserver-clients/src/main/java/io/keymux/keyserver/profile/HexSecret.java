package io.keymux.keyserver.profile;

import io.keymux.cpix.SecretBytes;
import java.util.Arrays;

/** A secret that is written in hex. */
final class HexSecret {
  private HexSecret() {}

  static SecretBytes of(ProfileFields fields, String field) {
    SecretBytes written = fields.secret(field);
    byte[] text = written.reveal();
    byte[] value = new byte[text.length / 2];
    try {
      for (int i = 0; i < value.length; i++) {
        int high = Character.digit(text[2 * i], 16);
        int low = Character.digit(text[2 * i + 1], 16);
        if (high < 0 || low < 0) {
          throw fields.fault(field, "does not lead to hex");
        }
        value[i] = (byte) (high << 4 | low);
      }
      if (text.length % 2 != 0) {
        throw fields.fault(field, "does not lead to hex");
      }
      return SecretBytes.copyOf(value);
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(value, (byte) 0);
      written.wipe();
    }
  }
}
