package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.SecretBytes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Looks for secrets, in the forms that they are sent in, in what may be printed. */
public final class Secrets {
  private Secrets() {}

  public static SecretBytes of(String text) {
    return SecretBytes.copyOf(text.getBytes(UTF_8));
  }

  public static void assertNone(Throwable thrown, String... secrets) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    assertNone(trace.toString(), secrets);
  }

  public static void assertNone(String text, String... secrets) {
    for (String secret : secrets) {
      byte[] bytes = secret.getBytes(UTF_8);
      String base64 = Base64.getEncoder().encodeToString(bytes);
      assertThat(text)
          .doesNotContain(
              secret,
              base64.substring(0, base64.length() - 4),
              Base64.getUrlEncoder().encodeToString(bytes).substring(0, base64.length() - 4),
              URLEncoder.encode(secret, UTF_8),
              PercentCode.value(secret));
      assertThat(text.toLowerCase(Locale.ROOT)).doesNotContain(HexFormat.of().formatHex(bytes));
    }
  }
}
