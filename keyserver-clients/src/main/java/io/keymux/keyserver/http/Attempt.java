package io.keymux.keyserver.http;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt ended: exactly one of answer and failure is there.
 *
 * @param neverSent true if the server cannot have seen the call
 */
record Attempt(
    @Nullable HttpAnswer answer, @Nullable KeyExchangeException failure, boolean neverSent) {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int MOST_REDIRECTS = 3;

  static Attempt answered(HttpAnswer answer) {
    return new Attempt(answer, null, false);
  }

  static Attempt failed(KeyExchangeException failure, boolean neverSent) {
    return new Attempt(null, failure, neverSent);
  }

  HttpAnswer outcome() {
    if (answer != null) {
      return answer;
    }
    throw failure != null ? failure : new IllegalStateException("an attempt without outcome");
  }

  void discard() {
    if (answer != null) {
      answer.close();
    }
  }

  /**
   * The call that a redirect asks for instead of {@code call}, or null if it asks for none that may
   * be followed. Only a GET is, and only on the same host, port and scheme: anywhere else it would
   * carry credentials with it, and a POST its body.
   *
   * @param so how many redirects led here
   */
  @Nullable KeyServerCall redirected(KeyServerCall call, int so) {
    if (answer == null
        || !REDIRECTS.contains(answer.status())
        || !call.method().equals("GET")
        || so >= MOST_REDIRECTS) {
      return null;
    }
    String location = answer.header("Location").orElse("");
    try {
      URI target = call.uri().resolve(location);
      boolean same = KeyServerUrl.sameOrigin(target, call.uri());
      return same && !location.isEmpty() ? call.withUri(target) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
