package io.keymux.keyserver.speke;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Looks for key bytes in everything that an exception can print. */
public final class Leaks {
  private Leaks() {}

  /**
   * @param keys in hex; their hex and base64 forms, also of any eight bytes of them, must not occur
   */
  public static void assertNone(Throwable thrown, String... keys) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    assertNone(trace.toString(), keys);
  }

  public static void assertNone(String text, String... keys) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (String key : keys) {
      for (int at = 0; at + 16 <= key.length(); at += 2) {
        assertThat(lower).doesNotContain(key.substring(at, at + 16).toLowerCase(Locale.ROOT));
      }
      String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(key));
      assertThat(text).doesNotContain(base64.substring(0, 12), base64.substring(8, 20));
    }
  }
}
