package io.keymux.keyserver.auth;

import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.KeyServerCall;

/** The same query parameter on every call, as {@code ?enc-token=…}. */
public final class QueryToken implements CallAuthorizer {
  private final String name;
  private final String token;

  private QueryToken(String name, String token) {
    this.name = name;
    this.token = token;
  }

  /**
   * A parameter of this name that the URL has already is replaced; the rest of the query keeps its
   * spelling.
   *
   * @param name in clear, as it is encoded here
   * @param token in clear, as it is encoded here
   */
  public static CallAuthorizer of(String name, String token) {
    return new QueryToken(name, token);
  }

  @Override
  public KeyServerCall authorize(KeyServerCall call, CallSender sender) {
    return call.withUri(UriParts.withParameter(call.uri(), name, token));
  }

  @Override
  public String toString() {
    return "QueryToken[" + name + "]";
  }
}
