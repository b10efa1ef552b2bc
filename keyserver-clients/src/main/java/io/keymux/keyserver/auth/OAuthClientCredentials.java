package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import io.keymux.keyserver.http.KeyServerUrl;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bearer token that a client id and its secret are exchanged for. One token serves all threads,
 * until shortly before it expires or until it is refused.
 *
 * @see "RFC 6749, 4.4 Client Credentials Grant"
 */
public final class OAuthClientCredentials implements CallAuthorizer {

  /** Where client id and secret stand. */
  public enum Style {
    /** In an {@code Authorization} header, which every server has to know. */
    BASIC,
    /** In the form. */
    FORM
  }

  private static final String HEADER = "Authorization";

  private final URI endpoint;
  private final String clientId;
  private final SecretBytes secret;
  private final Style style;
  private final Map<String, String> parameters;
  private final Clock clock;
  private final SharedValue<BearerToken> tokens;

  OAuthClientCredentials(
      URI endpoint,
      String clientId,
      SecretBytes secret,
      Style style,
      Map<String, String> parameters,
      Clock clock) {
    this.endpoint = endpoint;
    this.clientId = clientId;
    this.secret = secret;
    this.style = style;
    this.parameters = parameters;
    this.clock = clock;
    this.tokens = new SharedValue<>(token -> clock.instant().isBefore(token.usableUntil()));
  }

  /**
   * @param tokenEndpoint http or https
   * @param secret in UTF-8
   * @param scope what the token is for, space-delimited; null for what the server gives by default
   * @param extra further parameters of the form, as {@code audience}
   * @throws io.keymux.cpix.DrmException with code {@code invalid-key-server-url}
   */
  public static CallAuthorizer of(
      URI tokenEndpoint,
      String clientId,
      SecretBytes secret,
      @Nullable String scope,
      Style style,
      Map<String, String> extra) {
    Map<String, String> parameters = new TreeMap<>(extra);
    if (scope != null) {
      parameters.put("scope", scope);
    }
    return new OAuthClientCredentials(
        KeyServerUrl.of(tokenEndpoint).uri(),
        clientId,
        secret,
        style,
        parameters,
        Clock.systemUTC());
  }

  @Override
  public KeyServerCall authorize(KeyServerCall call, CallSender sender)
      throws InterruptedException {
    BearerToken token = tokens.get(endpoint.getHost(), sender, () -> fetch(sender));
    return call.withHeader(HEADER, token.header());
  }

  @Override
  public boolean renew(KeyServerCall refused, HttpAnswer answer) {
    BearerToken token = tokens.current();
    if (token != null && token.header().equals(refused.header(HEADER))) {
      tokens.drop(token);
    }
    return true;
  }

  private BearerToken fetch(CallSender sender) throws InterruptedException {
    FormBody form = new FormBody().add("grant_type", "client_credentials");
    parameters.forEach(form::add);
    if (style == Style.FORM) {
      form.add("client_id", clientId).add("client_secret", secret);
    }
    KeyServerCall call = form.postTo(endpoint).withHeader("Accept", "application/json");
    try (HttpAnswer answer =
        sender.send(style == Style.BASIC ? call.withHeader(HEADER, basic()) : call)) {
      if (answer.status() != 200) {
        throw KeyExchangeException.loginFailed(
            endpoint.getHost(), "the client credentials", answer.status());
      }
      return BearerToken.read(endpoint.getHost(), answer, clock.instant());
    }
  }

  /** RFC 6749, 2.3.1: both are encoded as in a form first, so that a colon in them does no harm. */
  private String basic() {
    byte[] encoded = new FormBody().addEncoded(secret).take().reveal();
    byte[] id = (PercentCode.value(clientId) + ":").getBytes(US_ASCII);
    byte[] pair = Arrays.copyOf(id, id.length + encoded.length);
    System.arraycopy(encoded, 0, pair, id.length, encoded.length);
    try {
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    } finally {
      Arrays.fill(encoded, (byte) 0);
      Arrays.fill(pair, (byte) 0);
    }
  }

  @Override
  public String toString() {
    return "OAuthClientCredentials[" + endpoint.getHost() + "]";
  }
}
