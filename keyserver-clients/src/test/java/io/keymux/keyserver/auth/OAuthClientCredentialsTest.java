package io.keymux.keyserver.auth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.keyserver.auth.OAuthClientCredentials.Style;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for a client id: asked for once, used until shortly before they end. */
@Timeout(30)
class OAuthClientCredentialsTest {
  @RegisterExtension static final TestServer server = new TestServer();

  private static final String SECRET = "s3cr:t &+\u00fc/4711";
  private static final URI ENDPOINT = URI.create("https://login.example/token");
  private static final KeyServerCall CALL = KeyServerCall.get(URI.create("https://k.example/a"));

  private final SettableClock clock = new SettableClock("2026-01-01T00:00:00Z");
  private final OAuthClientCredentials authorizer =
      new OAuthClientCredentials(ENDPOINT, "id", Secrets.of(SECRET), Style.FORM, Map.of(), clock);

  @Test
  void authorize_basic_encodesIdAndSecretFirst() throws Exception {
    ScriptedSender sender = new ScriptedSender().then(200, token("t", 60));
    CallAuthorizer basic =
        OAuthClientCredentials.of(
            ENDPOINT,
            "my:id",
            Secrets.of(SECRET),
            "keys read",
            Style.BASIC,
            Map.of("audience", "a/b"));

    assertThat(basic.authorize(CALL, sender).header("Authorization")).isEqualTo("Bearer t");

    KeyServerCall sent = sender.calls.get(0);
    assertThat(sent.uri()).isEqualTo(ENDPOINT);
    assertThat(sent.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    // Of my%3Aid:s3cr%3At%20%26%2B%C3%BC%2F4711, encoded elsewhere.
    assertThat(sent.header("Authorization"))
        .isEqualTo("Basic bXklM0FpZDpzM2NyJTNBdCUyMCUyNiUyQiVDMyVCQyUyRjQ3MTE=");
    assertThat(sender.body(0))
        .isEqualTo("grant_type=client_credentials&audience=a%2Fb&scope=keys%20read");
  }

  @Test
  void authorize_form_putsBothIntoTheBody() throws Exception {
    ScriptedSender sender = new ScriptedSender().then(200, token("t", 60));
    authorizer.authorize(CALL, sender);

    assertThat(sender.calls.get(0).header("Authorization")).isNull();
    assertThat(sender.body(0))
        .isEqualTo(
            "grant_type=client_credentials&client_id=id"
                + "&client_secret=s3cr%3At%20%26%2B%C3%BC%2F4711");
  }

  @ParameterizedTest
  @CsvSource({"3600, 3570000", "300, 270000", "299, 269100", "100, 90000", "10, 9000", "1, 900"})
  void authorize_nearTheEnd_getsAnother(int expiresIn, int usableMillis) throws Exception {
    ScriptedSender sender =
        new ScriptedSender().then(200, token("a", expiresIn)).then(200, token("b", expiresIn));
    header(sender);
    clock.advance(Duration.ofMillis(usableMillis - 1));
    assertThat(header(sender)).isEqualTo("Bearer a");

    clock.advance(Duration.ofMillis(1));
    assertThat(header(sender)).isEqualTo("Bearer b");
  }

  @Test
  void authorize_lifetimeAsText_isRead() throws Exception {
    String json = "{\"access_token\":\"a\",\"token_type\":\"BEARER\",\"expires_in\":\"100\"}";
    ScriptedSender sender = new ScriptedSender().then(200, json).then(200, token("b", 1));
    header(sender);
    clock.advance(Duration.ofSeconds(91));
    assertThat(header(sender)).isEqualTo("Bearer b");
  }

  @Test
  void authorize_noLifetime_isUsedUntilRefused() throws Exception {
    String json = "{\"access_token\":\"a\",\"token_type\":\"bearer\"}";
    ScriptedSender sender = new ScriptedSender().then(200, json).then(200, token("b", 60));
    header(sender);
    clock.advance(Duration.ofDays(1000));
    KeyServerCall sent = authorizer.authorize(CALL, sender);
    assertThat(sender.calls).hasSize(1);

    assertThat(authorizer.renew(sent, ScriptedSender.refusal(401))).isTrue();
    assertThat(header(sender)).isEqualTo("Bearer b");
    // The one that was refused is gone already; the new one stays.
    assertThat(authorizer.renew(sent, ScriptedSender.refusal(401))).isTrue();
    assertThat(header(sender)).isEqualTo("Bearer b");
  }

  @ParameterizedTest
  @CsvSource({"400, false", "401, false", "302, false", "201, false", "500, false", "503, true"})
  void authorize_tokenRefused_isLoginFailed(int status, boolean retryable) {
    KeyExchangeException failure =
        fails(status, "{\"error\":\"canary-error\"}", "key-server-login-failed");
    assertThat(failure).hasMessageContaining("HTTP " + status);
    assertThat(failure.retryable()).isEqualTo(retryable);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "canary-error",
        "[]",
        "{\"access_token\":\"canary-error\"}",
        "{\"access_token\":\"canary-error\",\"token_type\":\"mac\"}",
        "{\"token_type\":\"bearer\"}",
        "{\"access_token\":7,\"token_type\":\"bearer\"}",
        "{\"access_token\":\"\",\"token_type\":\"bearer\"}",
        "{\"access_token\":\"canary-error x\",\"token_type\":\"bearer\"}",
        "{\"access_token\":\"canary-error\\r\\nX: y\",\"token_type\":\"bearer\"}",
        "{\"access_token\":\"canary-error\",\"token_type\":\"bearer\",\"expires_in\":-1}",
        "{\"access_token\":\"canary-error\",\"token_type\":\"bearer\",\"expires_in\":\"soon\"}",
        "{\"access_token\":\"a\",\"access_token\":\"canary-error\",\"token_type\":\"bearer\"}",
        "{\"access_token\":\"canary-error\",\"token_type\":\"bearer\"} x",
      })
  void authorize_otherAnswer_isInvalid(String body) {
    fails(200, body, "key-response-invalid");
  }

  @Test
  void send_twentyThreads_shareOneToken() throws Exception {
    tokens("/token", 100);
    server.wireMock.stubFor(
        get(urlPathEqualTo("/keys"))
            .withHeader("Authorization", equalTo("Bearer t1"))
            .willReturn(aResponse().withBody("keys")));
    try (HttpExchange exchange = open()) {
      assertThat(TestServer.together(20, () -> server.get(exchange, "/keys?x")))
          .containsOnly("200 keys");
    }
    assertThat(server.received("/token")).hasSize(1);
    assertThat(server.received("/keys")).hasSize(20);
  }

  @Test
  void send_tokenRefusedInTwentyThreads_isRenewedOnce() throws Exception {
    tokens("/token", 100);
    try (HttpExchange exchange = open()) {
      server.wireMock.stubFor(
          get(urlPathEqualTo("/keys")).willReturn(aResponse().withBody("keys")));
      server.get(exchange, "/keys");
      server.wireMock.stubFor(
          get(urlPathEqualTo("/keys"))
              .withHeader("Authorization", equalTo("Bearer t1"))
              .willReturn(unauthorized()));
      server.wireMock.stubFor(
          post(urlPathEqualTo("/token")).willReturn(okJson(token("t2", 100)).withFixedDelay(50)));

      assertThat(TestServer.together(20, () -> server.get(exchange, "/keys")))
          .containsOnly("200 keys");
    }
    assertThat(server.received("/token")).hasSize(2);
  }

  @Test
  void send_everyTokenRefused_endsAfterTwo() {
    tokens("/token", 0);
    server.wireMock.stubFor(
        get(urlPathEqualTo("/keys"))
            .withHeader("Authorization", absent().or(equalTo("Bearer t1")))
            .willReturn(unauthorized()));
    try (HttpExchange exchange = open()) {
      KeyExchangeException failure =
          catchThrowableOfType(
              KeyExchangeException.class, () -> server.get(exchange, "/keys?canary"));
      assertThat(failure.code()).isEqualTo("key-server-unauthorized");
      Secrets.assertNone(failure, SECRET, "canary", "Bearer t1");
    }
    assertThat(server.received("/keys")).hasSize(2);
    assertThat(server.received("/token")).hasSize(2);
  }

  private static HttpExchange open() {
    return server.open(
        OAuthClientCredentials.of(
            server.uri("/token"), "id", Secrets.of(SECRET), null, Style.BASIC, Map.of()));
  }

  private static void tokens(String path, int delay) {
    server.wireMock.stubFor(
        post(urlPathEqualTo(path)).willReturn(okJson(token("t1", 100)).withFixedDelay(delay)));
  }

  private static String token(String value, int expiresIn) {
    return "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d,\"x\":[1]}"
        .formatted(value, expiresIn);
  }

  private String header(ScriptedSender sender) throws InterruptedException {
    return String.valueOf(authorizer.authorize(CALL, sender).header("Authorization"));
  }

  private KeyExchangeException fails(int status, String body, String code) {
    KeyExchangeException failure =
        catchThrowableOfType(
            KeyExchangeException.class,
            () -> authorizer.authorize(CALL, new ScriptedSender().then(status, body)));
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasNoCause().hasMessageContaining("login.example");
    Secrets.assertNone(failure, SECRET, "canary-error", "/token");
    return failure;
  }
}
