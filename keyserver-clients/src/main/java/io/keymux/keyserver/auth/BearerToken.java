package io.keymux.keyserver.auth;

import com.fasterxml.jackson.databind.JsonNode;
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
    JsonNode json = JsonAnswer.object(host, answer.body());
    if (!json.path("token_type").asText().equalsIgnoreCase("bearer")) {
      throw KeyExchangeException.invalidResponse(host, "its token_type is not Bearer");
    }
    String value = json.path("access_token").textValue();
    if (value == null || !VALUE.matcher(value).matches()) {
      throw KeyExchangeException.invalidResponse(
          host, "its access_token is not a text that a header can carry");
    }
    return new BearerToken(value, usableUntil(host, json.path("expires_in"), now));
  }

  /** A token without an end is used until it is refused; some servers write the number as text. */
  private static Instant usableUntil(String host, JsonNode expiresIn, Instant now) {
    if (expiresIn.isMissingNode() || expiresIn.isNull()) {
      return Instant.MAX;
    }
    if (!SECONDS.matcher(expiresIn.asText()).matches()) {
      throw KeyExchangeException.invalidResponse(host, "its expires_in is not a number of seconds");
    }
    Duration lifetime = Duration.ofSeconds(expiresIn.asLong());
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
