package io.keymux.keyserver.auth;

import io.keymux.keyserver.answer.JsonAnswer;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.KeyExchangeException;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A token of an OAuth 2.0 authorization server.
 *
 * @param usableUntil somewhat before it expires
 */
record BearerToken(String value, Instant usableUntil) {
  private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]{1,16000}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
  private static final Duration LONGEST_MARGIN = Duration.ofSeconds(30);

  /**
   * @throws KeyExchangeException with code {@code key-response-invalid}
   * @see "RFC 6749, 5.1 Successful Response"
   */
  static BearerToken read(String host, HttpAnswer answer, Instant now) {
    JsonAnswer json = JsonAnswer.read(host, answer.body());
    if (!json.findText("token_type").orElse("").equalsIgnoreCase("bearer")) {
      throw KeyExchangeException.invalidResponse(host, "its token_type is not Bearer");
    }
    String value = json.findText("access_token").orElse("");
    if (!VALUE.matcher(value).matches()) {
      throw KeyExchangeException.invalidResponse(
          host, "its access_token is not a text that a header can carry");
    }
    return new BearerToken(value, usableUntil(host, json, now));
  }

  /** A token without an end is used until it is refused; some servers write the number as text. */
  private static Instant usableUntil(String host, JsonAnswer json, Instant now) {
    if (!json.has("expires_in")) {
      return Instant.MAX;
    }
    String seconds =
        json.findText("expires_in").orElseGet(() -> Long.toString(json.number("expires_in")));
    if (!SECONDS.matcher(seconds).matches()) {
      throw KeyExchangeException.invalidResponse(host, "its expires_in is not a number of seconds");
    }
    Duration lifetime = Duration.ofSeconds(Long.parseLong(seconds));
    Duration tenth = lifetime.dividedBy(10);
    Duration margin = tenth.compareTo(LONGEST_MARGIN) < 0 ? tenth : LONGEST_MARGIN;
    return now.plus(lifetime).minus(margin);
  }

  String header() {
    return "Bearer " + value;
  }

  @Override
  public String toString() {
    return "BearerToken[until " + usableUntil + "]";
  }
}
