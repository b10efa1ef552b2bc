package io.keymux.keyserver.profile;

import com.github.tomakehurst.wiremock.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a key server demands of a call before it answers. It may have state: one for each test. */
@FunctionalInterface
interface Lock {

  /**
   * What is wrong with the proof, or null.
   *
   * @param plain path and query as they are without a proof
   * @param contentType as it was sent: the double writes it in its own way
   */
  @Nullable String objection(Request request, String plain, String contentType);

  /** Answers a call of the authenticator itself; null if it is none. */
  default @Nullable Reply login(Request request) {
    return null;
  }

  /** What was proved is worth nothing any more. */
  default void refused() {}

  /** The headers of a refusal. */
  default Map<String, String> challenge() {
    return Map.of();
  }

  default Lock and(Lock other) {
    return (request, plain, type) -> {
      String first = objection(request, plain, type);
      return first == null ? other.objection(request, plain, type) : first;
    };
  }

  /**
   * @param value null if there must be none
   */
  static Lock header(String name, @Nullable String value) {
    return (request, plain, type) ->
        Objects.equals(value, request.containsHeader(name) ? request.getHeader(name) : null)
            ? null
            : "the header " + name;
  }

  /** Nothing but the pattern stands behind the query. */
  static Lock query(String pattern) {
    return (request, plain, type) -> url(request, Pattern.quote(plain) + pattern);
  }

  /** The segment is the last of the path. */
  static Lock path(String segment) {
    return (request, plain, type) ->
        url(request, Pattern.quote(plain.replace("?", "/" + segment + "?")));
  }

  static @Nullable String url(Request request, String pattern) {
    return request.getUrl().matches(pattern) ? null : "the URL";
  }

  static Map<String, String> form(Request request) {
    Map<String, String> form = new TreeMap<>();
    for (String pair : request.getBodyAsString().split("&", -1)) {
      int equals = pair.indexOf('=');
      form.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return form;
  }
}
