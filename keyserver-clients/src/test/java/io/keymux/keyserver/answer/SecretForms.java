package io.keymux.keyserver.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.KeyId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Looks for secrets in whatever form somebody might print them. */
public final class SecretForms {
  private static final int PART = 8;

  private SecretForms() {}

  /**
   * @param secrets in hex, of eight bytes or more
   */
  public static void assertNone(Throwable thrown, String... secrets) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    assertNone(trace.toString(), secrets);
  }

  /** Hex, base64, base64url, UUID and GUID of the whole, and of eight bytes of hex and base64. */
  public static void assertNone(String text, String... secrets) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String secret : secrets) {
      for (String form : forms(HexFormat.of().parseHex(secret))) {
        assertThat(lower).doesNotContain(form.toLowerCase(Locale.ROOT));
      }
    }
  }

  private static List<String> forms(byte[] secret) {
    List<String> forms = new ArrayList<>();
    String hex = HexFormat.of().formatHex(secret);
    for (int at = 0; at + 2 * PART <= hex.length(); at += 2) {
      forms.add(hex.substring(at, at + 2 * PART));
    }
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      String base64 = encoder.encodeToString(secret);
      forms.add(base64.substring(0, 10));
      forms.add(base64.substring(base64.length() - 12));
    }
    if (secret.length == KeyId.SIZE_BYTES) {
      KeyId id = KeyId.ofBytes(secret);
      KeyId guid = KeyId.ofBytes(id.toGuidBytes());
      forms.addAll(List.of(id.toString(), guid.toString(), guid.toHex()));
    }
    return forms;
  }
}
