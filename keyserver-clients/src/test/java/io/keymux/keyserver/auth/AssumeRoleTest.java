package io.keymux.keyserver.auth;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.forbidden;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.KeyExchangeException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roles: assumed once for all threads, before their credentials end, and after a refusal. */
@Timeout(30)
class AssumeRoleTest {
  @RegisterExtension static final TestServer server = new TestServer();

  private static final String SOURCE_SECRET = "source/secret+4711";
  private static final String ROLE_SECRET = "role/secret+0815";
  private static final AwsRole ROLE =
      AwsRole.of("arn:aws:iam::123456789012:role/keys", "eu-west-1");
  private static final AwsCredentialsProvider SOURCE =
      AwsCredentialsProvider.of(AwsCredentials.of("AKIDSOURCE", Secrets.of(SOURCE_SECRET)));

  private final SettableClock clock = new SettableClock("2026-01-02T03:04:05Z");
  private final AssumeRole provider =
      new AssumeRole(SOURCE, ROLE, URI.create("https://sts.example/"), clock);

  /** What STS answers, until an hour after the clock of these tests. */
  static String answer(String accessKeyId) {
    return """
        <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <AssumeRoleResult>
            <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/keys/keymux</Arn>
              <AssumedRoleId>AROA:keymux</AssumedRoleId></AssumedRoleUser>
            <Credentials>
              <AccessKeyId>%s</AccessKeyId>
              <SecretAccessKey>%s</SecretAccessKey>
              <SessionToken>session/token==</SessionToken>
              <Expiration>2026-01-02T04:04:05Z</Expiration>
            </Credentials>
          </AssumeRoleResult>
          <ResponseMetadata><RequestId>1</RequestId></ResponseMetadata>
        </AssumeRoleResponse>
        """
        .formatted(accessKeyId, ROLE_SECRET);
  }

  @Test
  void get_answer_isReadAndTheRequestSigned() throws Exception {
    ScriptedSender sender = new ScriptedSender().then(200, answer("AKIDROLE"));

    assertThat(provider.get(sender))
        .isEqualTo(
            new AwsCredentials(
                "AKIDROLE",
                Secrets.of(ROLE_SECRET),
                "session/token==",
                Instant.parse("2026-01-02T04:04:05Z")));

    // Signed elsewhere, by the steps that AWS describes.
    assertThat(sender.calls.get(0).header("Authorization"))
        .isEqualTo(
            "AWS4-HMAC-SHA256 Credential=AKIDSOURCE/20260102/eu-west-1/sts/aws4_request,"
                + " SignedHeaders=content-type;host;x-amz-date, Signature=19ce1dbc85de1a37ad2adea1654753ba2577b7a826063790c8f7d37d0a75441f");
  }

  @Test
  void get_fiveMinutesBeforeTheEnd_assumesAgain() throws Exception {
    ScriptedSender sender = new ScriptedSender().then(200, answer("A")).then(200, answer("B"));
    provider.get(sender);
    clock.advance(Duration.ofMinutes(55).minusMillis(1));
    assertThat(provider.get(sender).accessKeyId()).isEqualTo("A");
    clock.advance(Duration.ofMillis(1));
    assertThat(provider.get(sender).accessKeyId()).isEqualTo("B");
  }

  @Test
  void drop_onlyTheRefusedOnes() throws Exception {
    ScriptedSender sender = new ScriptedSender().then(200, answer("A")).then(200, answer("B"));
    provider.get(sender);
    assertThat(provider.drop("other")).isTrue();
    assertThat(provider.get(sender).accessKeyId()).isEqualTo("A");
    assertThat(provider.drop("A")).isTrue();
    assertThat(provider.get(sender).accessKeyId()).isEqualTo("B");
    assertThat(provider.drop("A")).isTrue();
    assertThat(provider.get(sender).accessKeyId()).isEqualTo("B");
  }

  @ParameterizedTest
  @CsvSource({"400, false", "403, false", "500, false", "503, true"})
  void get_refused_isLoginFailed(int status, boolean retryable) {
    KeyExchangeException failure =
        fails(status, "<Error>canary-error</Error>", "key-server-login-failed");
    assertThat(failure).hasMessageContaining("refused to assume the role with HTTP " + status);
    assertThat(failure.retryable()).isEqualTo(retryable);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(?s).+ | canary-error | it is not AssumeRoleResponse",
        "^ | <!DOCTYPE x> | it is not AssumeRoleResponse",
        "2011-06-15/ | 2011-06-16/ | it is not AssumeRoleResponse",
        "AssumeRoleResponse | canary-error | it is not AssumeRoleResponse",
        "AssumeRoleResult | canary-error | it has no AssumeRoleResult",
        "Credentials> | canary-error> | it has no Credentials",
        "(?s)(<AccessKeyId>.*?</AccessKeyId>) | $1$1 | it has more than one AccessKeyId",
        "<AccessKeyId>.*</AccessKeyId> | <AccessKeyId/> | AccessKeyId is empty or not printable",
        "<SessionToken>.*</SessionToken> | <x/> | it has no SessionToken",
        "session/token== | a canary-error | SessionToken is empty or not printable",
        "2026-01-02T04:04:05Z | canary-error | Expiration is not a time",
      })
  void get_otherAnswer_isInvalid(String pattern, String replacement, String message) {
    String answer = answer("AKIDROLE").strip().replaceAll(pattern, replacement);
    assertThat(fails(200, answer, "key-response-invalid")).hasMessageContaining(message);
  }

  @Test
  void send_twentyThreads_assumeOnceAndOnceMoreAfterARefusal() throws Exception {
    sts("AKIDFIRST");
    server.wireMock.stubFor(get(urlPathEqualTo("/keys")).willReturn(ok("keys")));
    try (HttpExchange exchange = open()) {
      TestServer.together(20, () -> server.get(exchange, "/keys?x"));
      assertThat(server.received("/sts")).hasSize(1);

      sts("AKIDSECOND");
      server.wireMock.stubFor(
          get(urlPathEqualTo("/keys"))
              .withHeader("Authorization", matching(".*Credential=AKIDFIRST/.*"))
              .willReturn(forbidden()));
      assertThat(TestServer.together(20, () -> server.get(exchange, "/keys?x")))
          .containsOnly("200 keys");
      assertThat(server.received("/sts")).hasSize(2);
    }
    assertThat(server.received("/keys").get(0).getHeader("X-Amz-Security-Token"))
        .isEqualTo("session/token==");
  }

  @Test
  void send_everyRoleRefused_endsAfterTwo() {
    sts("AKIDFIRST");
    server.wireMock.stubFor(get(urlPathEqualTo("/keys")).willReturn(forbidden()));
    try (HttpExchange exchange = open()) {
      KeyExchangeException failure =
          catchThrowableOfType(
              KeyExchangeException.class, () -> server.get(exchange, "/keys?canary"));
      assertThat(failure.code()).isEqualTo("key-server-unauthorized");
      Secrets.assertNone(
          failure, SOURCE_SECRET, ROLE_SECRET, "session/token==", "AKIDFIRST", "canary");
    }
    assertThat(server.received("/sts")).hasSize(2);
    assertThat(server.received("/keys")).hasSize(2);
  }

  private static HttpExchange open() {
    return server.open(
        SigV4Authorizer.of(AssumeRole.of(SOURCE, ROLE, server.uri("/sts")), "eu-west-1"));
  }

  private static void sts(String accessKeyId) {
    String later = answer(accessKeyId).replace("2026-01-02", "2126-01-02");
    server.wireMock.stubFor(
        post(urlPathEqualTo("/sts")).willReturn(aResponse().withBody(later).withFixedDelay(50)));
  }

  private KeyExchangeException fails(int status, String body, String code) {
    KeyExchangeException failure =
        catchThrowableOfType(
            KeyExchangeException.class,
            () -> provider.get(new ScriptedSender().then(status, body)));
    assertThat(failure).isNotNull();
    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
    assertThat(failure).hasNoCause().hasMessageContaining("sts.example");
    Secrets.assertNone(failure, SOURCE_SECRET, ROLE_SECRET, "session/token==", "canary-error");
    return failure;
  }
}
