package io.keymux.keyserver.tencent;

import io.keymux.keyserver.answer.JsonAnswer;
import io.keymux.keyserver.http.KeyExchangeException;
import java.util.regex.Pattern;

/** The failure that a service reports with HTTP 200. */
final class TencentError {
  private static final Pattern CODE = Pattern.compile("[A-Za-z.]{1,64}");

  private TencentError() {}

  /**
   * @param error the object {@code Error}
   */
  static KeyExchangeException of(String host, JsonAnswer error) {
    String code = error.findText("Code").filter(text -> CODE.matcher(text).matches()).orElse("");
    if (code.isEmpty()) {
      return KeyExchangeException.refusedAs(host, "an error without a code", false);
    }
    if (is(code, "AuthFailure") || is(code, "UnauthorizedOperation")) {
      return KeyExchangeException.unauthorizedAs(host, code);
    }
    boolean passes = is(code, "RequestLimitExceeded") || is(code, "InternalError");
    return KeyExchangeException.refusedAs(host, code, passes);
  }

  /** Whether {@code code} is {@code kind} or one of its more exact ones. */
  private static boolean is(String code, String kind) {
    return code.equals(kind) || code.startsWith(kind + ".");
  }
}
