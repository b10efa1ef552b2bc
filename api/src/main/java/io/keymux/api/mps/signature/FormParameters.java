package io.keymux.api.mps.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.mps.problem.MpsException;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code a=1&b=2} of a query or a form. */
final class FormParameters {
  private static final int MOST = 10_000;

  private FormParameters() {}

  /**
   * @param encoded empty for none
   * @throws MpsException with code {@code InvalidParameter} if it is malformed or has a name twice
   */
  static Map<String, String> read(String encoded) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (encoded.isEmpty()) {
      return parameters;
    }
    String[] pairs = encoded.split("&", MOST + 1);
    if (pairs.length > MOST) {
      throw MpsException.of(
          "InvalidParameter", "There are more than " + MOST + " parameters.", "Send fewer.");
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (parameters.putIfAbsent(name, value) != null) {
        throw MpsException.of("InvalidParameter", "A parameter is there twice.", "Give each once.");
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      // Without the cause, which quotes the text.
      throw MpsException.of(
          "InvalidParameter",
          "The parameters are not percent-encoded.",
          "Send them as application/x-www-form-urlencoded.");
    }
  }
}
