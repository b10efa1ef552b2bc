package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.KeyServerCall;
import java.util.Base64;

/** The same header on every call. */
public final class HeaderAuthorizer implements CallAuthorizer {
  private final String name;
  private final String value;

  private HeaderAuthorizer(String name, String value) {
    this.name = name;
    this.value = value;
  }

  /**
   * Any header: an API key, for example.
   *
   * @throws IllegalArgumentException when a call is made, if the value has a character that headers
   *     cannot carry
   */
  public static CallAuthorizer of(String name, String value) {
    return new HeaderAuthorizer(name, value);
  }

  /**
   * HTTP Basic.
   *
   * @param user RFC 7617 forbids a colon in it; some key servers have accounts with colons and cope
   * @see "RFC 7617, The 'Basic' HTTP Authentication Scheme"
   */
  public static CallAuthorizer basic(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(UTF_8);
    return of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /**
   * A token that whoever bears it may use.
   *
   * @see "RFC 6750, 2.1 Authorization Request Header Field"
   */
  public static CallAuthorizer bearer(String token) {
    return of("Authorization", "Bearer " + token);
  }

  @Override
  public KeyServerCall authorize(KeyServerCall call, CallSender sender) {
    return call.withHeader(name, value);
  }

  @Override
  public String toString() {
    return "HeaderAuthorizer[" + name + "]";
  }
}
