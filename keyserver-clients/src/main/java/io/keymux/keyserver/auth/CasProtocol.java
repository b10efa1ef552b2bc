package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import io.keymux.keyserver.http.KeyServerUrl;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The calls of the REST protocol of Apereo CAS.
 *
 * @param base where logins are posted to, as {@code https://host/cas/v1/tickets}
 * @see "Apereo CAS, REST Protocol"
 */
record CasProtocol(URI base, String user, SecretBytes password) {
  private static final Pattern TICKET = Pattern.compile("(?!<)[\\x21-\\x7e]{1,256}");

  /** What servers say to a login that has ended; 400 is that of CAS itself. */
  private static final Set<Integer> LOGIN_ENDED = Set.of(400, 401, 404, 410);

  /**
   * What became of the wish for a ticket.
   *
   * @param ticket null if the login has ended
   */
  record Minted(int status, @Nullable String ticket) {

    @Override
    public String toString() {
      return "Minted[" + status + "]";
    }
  }

  /**
   * @throws KeyExchangeException with code {@code key-server-login-failed}, or {@code
   *     key-response-invalid} if the URL of the login would lead elsewhere, and all tickets with it
   */
  CasLogin login(CallSender sender) throws InterruptedException {
    KeyServerCall call =
        new FormBody().add("username", user).add("password", password).postTo(base);
    try (HttpAnswer answer = sender.send(call)) {
      if (answer.status() != 201) {
        throw KeyExchangeException.loginFailed(host(), "the login", answer.status());
      }
      return new CasLogin(location(answer.header("Location").orElse("")));
    }
  }

  /**
   * @param service the URL that the ticket is for
   * @throws KeyExchangeException with code {@code key-server-login-failed} if the refusal is not
   *     about the login, or {@code key-response-invalid}
   */
  Minted mint(CasLogin login, URI service, CallSender sender) throws InterruptedException {
    KeyServerCall call = new FormBody().add("service", service.toString()).postTo(login.location());
    try (HttpAnswer answer = sender.send(call)) {
      if (LOGIN_ENDED.contains(answer.status())) {
        return new Minted(answer.status(), null);
      }
      if (answer.status() != 200) {
        throw mintingFailed(answer.status());
      }
      String ticket = new String(answer.body(), ISO_8859_1).strip();
      if (!TICKET.matcher(ticket).matches()) {
        throw KeyExchangeException.invalidResponse(
            host(), "its service ticket is not a text of 1 to 256 visible characters");
      }
      return new Minted(200, ticket);
    }
  }

  /** Ends a login; whether the server knew it is of no interest. */
  void logout(CasLogin login, CallSender sender) throws InterruptedException {
    SecretBytes nothing = SecretBytes.copyOf(new byte[0]);
    sender.send(new KeyServerCall("DELETE", login.location(), Map.of(), nothing)).close();
  }

  KeyExchangeException mintingFailed(int status) {
    return KeyExchangeException.loginFailed(host(), "a service ticket", status);
  }

  String host() {
    return base.getHost();
  }

  private URI location(String text) {
    try {
      URI login = base.resolve(text);
      if (!text.isBlank() && KeyServerUrl.sameOrigin(login, base)) {
        return login;
      }
    } catch (IllegalArgumentException e) {
      // Not a URL; the message quotes it.
    }
    throw KeyExchangeException.invalidResponse(
        host(), "the Location of its login is not a URL of the same scheme, host and port");
  }

  @Override
  public String toString() {
    return "CasProtocol[" + host() + "]";
  }
}
