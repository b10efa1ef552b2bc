package io.keymux.keyserver;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static io.keymux.keyserver.Requests.A;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that refuse, stall, break off and babble. */
@Timeout(30)
class SpekeFailureTest {
  private static final SpekeServer server = new SpekeServer();
  private static final KeyRequest REQUEST = Requests.of(Requests.shared(), WIDEVINE);
  private static final String GOOD = SpekeAnswer.to(REQUEST);
  private static final String KEY = SpekeAnswer.key(1);

  @AfterEach
  void forget() {
    server.wireMock.resetAll();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Missing CPIX@contentId",
        "Missing CPIX@version",
        "Unsupported CPIX@version",
        "Missing ContentKey@commonEncryptionScheme for KID aaaaaaaa-1111-4111-8111-000000000001",
        "Non compliant ContentKey@commonEncryptionScheme combination",
        "ContentKey@commonEncryptionScheme non compatible with DRMSystem edef8ba9-79d6-4ace-a3c8-27dcd51d21ed",
        "Unsupported SPEKE version",
        "Malformed encryption contract",
        "Requested CPIX encryption contract not supported",
        "Missing CPIX encryption contract"
      })
  void exchange_spekeError_isQuoted(String text) {
    server.answers(aResponse().withStatus(422).withBody(text + "\n"));

    KeyExchangeException error = fails(server.client(), "key-server-refused");

    assertThat(error).hasMessageContaining("HTTP 422: \"" + text + "\"");
    assertThat(error.retryable()).isFalse();
    assertThat(server.received()).hasSize(1);
  }

  /** A key in an error text, plain or dressed as a KID, must not come through. */
  @Test
  void exchange_anyOtherError_isNotQuoted() {
    String base64 = SpekeAnswer.base64(HexFormat.of().parseHex(KEY));
    String uuid = KeyId.parse(KEY).toString();
    for (String body :
        new String[] {
          "the key is " + KEY,
          base64,
          GOOD,
          "Missing ContentKey@commonEncryptionScheme for KID " + uuid,
          "Missing CPIX@contentId " + KEY
        }) {
      server.answers(aResponse().withStatus(500).withBody(body));

      KeyExchangeException error = fails(server.client(), "key-server-refused");

      assertThat(error).hasMessageContaining("answered with HTTP 500.");
      assertThat(error).hasMessageNotContaining(uuid);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "400,key-server-refused,false,1",
    "401,key-server-unauthorized,false,1",
    "403,key-server-unauthorized,false,1",
    "404,key-server-refused,false,1",
    "422,key-server-refused,false,1",
    "429,key-server-refused,true,3",
    "500,key-server-refused,false,1",
    "501,key-server-refused,false,1",
    "502,key-server-refused,true,3",
    "503,key-server-refused,true,3",
    "504,key-server-refused,true,3",
    "201,key-server-refused,false,1",
    "204,key-server-refused,false,1",
  })
  void exchange_status_decidesCodeAndAttempts(
      int status, String code, boolean retryable, int attempts) {
    server.answers(SpekeServer.ok(GOOD).withStatus(status));

    KeyExchangeException error = fails(server.client(), code);

    assertThat(error).hasMessageContaining("HTTP " + status);
    assertThat(error.retryable()).isEqualTo(retryable);
    assertThat(server.received()).hasSize(attempts);
  }

  @Test
  void exchange_overloadedOnce_succeedsAtSecondAttempt() throws Exception {
    server.wireMock.stubFor(
        any(anyUrl())
            .inScenario("load")
            .whenScenarioStateIs(STARTED)
            .willReturn(aResponse().withStatus(503).withHeader("Retry-After", "0"))
            .willSetStateTo("fine"));
    server.wireMock.stubFor(
        any(anyUrl())
            .inScenario("load")
            .whenScenarioStateIs("fine")
            .willReturn(SpekeServer.ok(GOOD)));

    assertThat(server.client().exchange(REQUEST).contentKey(A)).isPresent();
    assertThat(server.received()).hasSize(2);
  }

  @Test
  void exchange_shortRetryAfter_isObeyed() {
    server.answers(aResponse().withStatus(429).withHeader("Retry-After", "1"));
    SpekeV2Client client = server.builder().attempts(2, Duration.ZERO).build();
    long start = System.nanoTime();

    fails(client, "key-server-refused");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(server.received()).hasSize(2);
  }

  /** Longer than anyone should wait, or than the time that is left. */
  @ParameterizedTest
  @ValueSource(strings = {"3600", "11", "999999999", "Wed, 21 Oct 2099 07:28:00 GMT"})
  void exchange_longRetryAfter_givesUpAtOnce(String retryAfter) {
    server.answers(
        aResponse()
            .withStatus(503)
            .withHeader("Date", "Wed, 21 Oct 2015 07:28:00 GMT")
            .withHeader("Retry-After", retryAfter));
    long start = System.nanoTime();

    fails(server.client(), "key-server-refused");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void exchange_pauseBeyondTotal_givesUp() {
    server.answers(aResponse().withStatus(503).withHeader("Retry-After", "3"));
    SpekeV2Client client =
        server
            .builder()
            .timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2))
            .build();

    fails(client, "key-server-refused");

    assertThat(server.received()).hasSize(1);
  }

  @Test
  void exchange_slowServer_timesOut() {
    server.answers(SpekeServer.ok(GOOD).withFixedDelay(5_000));

    assertTimesOut();
  }

  /** Headers at once, then the body byte by byte: no time-out of the HTTP client covers that. */
  @Test
  void exchange_dribblingServer_timesOut() {
    server.answers(SpekeServer.ok(GOOD).withChunkedDribbleDelay(50, 10_000));

    assertTimesOut();
  }

  private static void assertTimesOut() {
    SpekeV2Client client =
        server
            .builder()
            .timeouts(Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofSeconds(5))
            .build();
    long start = System.nanoTime();

    KeyExchangeException error = fails(client, "key-server-timeout");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    assertThat(error).hasMessageContaining("within 300 ms");
    assertThat(error.retryable()).isTrue();
    assertThat(server.received().size()).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void exchange_brokenConnection_isNotRepeated(Fault fault) {
    AtomicInteger attempts = new AtomicInteger();
    server.answers(SpekeServer.ok(GOOD).withFault(fault));

    KeyExchangeException error = fails(counting(server.url(), attempts), "key-server-unreachable");

    assertThat(error).hasMessageContaining("broke before the answer was complete");
    assertThat(error.retryable()).isTrue();
    assertThat(attempts).hasValue(1);
  }

  @Test
  void exchange_nobodyListens_isTriedAgain() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    AtomicInteger attempts = new AtomicInteger();

    KeyExchangeException error =
        fails(
            counting(
                URI.create("http://127.0.0.1:" + port + "/" + SpekeServer.PATH_SECRET), attempts),
            "key-server-unreachable");

    assertThat(error).hasMessageContaining("no connection came about");
    assertThat(error.retryable()).isTrue();
    assertThat(attempts).hasValue(3);
  }

  @Test
  void exchange_unknownHost_isUnreachable() {
    AtomicInteger attempts = new AtomicInteger();

    KeyExchangeException error =
        fails(
            counting(URI.create("http://keys.invalid/" + SpekeServer.PATH_SECRET), attempts),
            "key-server-unreachable");

    assertThat(error).hasMessageContaining("keys.invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "<html><body>Sign in</body></html>",
        "<!DOCTYPE html><html></html>",
        "{\"error\":\"no\"}",
        "\u0000\u0001\u0002",
        "<cpix:CPIX",
        "<CPIX xmlns=\"urn:dashif:org:cpix\"/>",
        "<CPIX/>"
      })
  void exchange_noAnswerInTheBody_isInvalid(String body) {
    server.answersOk(body);

    assertThat(fails(server.client(), "key-response-invalid").retryable()).isFalse();
  }

  @Test
  void exchange_otherSpekeVersion_isInvalid() {
    for (ResponseDefinitionBuilder response :
        new ResponseDefinitionBuilder[] {
          aResponse().withBody(GOOD),
          aResponse().withBody(GOOD).withHeader("X-Speke-Version", "2.1"),
          aResponse().withBody(GOOD).withHeader("X-Speke-Version", "1.0"),
          aResponse().withBody(GOOD).withHeader("X-Speke-Version", "2.0", "2.1"),
        }) {
      server.answers(response.withStatus(200));

      KeyExchangeException error = fails(server.client(), "key-response-invalid");

      assertThat(error).hasMessageContaining("X-Speke-Version is not 2.0");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void exchange_hugeBody_isCutOff(boolean chunked) {
    byte[] body = new byte[8 << 20];
    ResponseDefinitionBuilder response = SpekeServer.ok("").withBody(body);
    server.answers(
        chunked ? response.withChunkedDribbleDelay(400, 1_000) : response.withGzipDisabled(true));

    KeyExchangeException error = fails(server.client(), "key-response-too-large");

    assertThat(error).hasMessageContaining("larger than 1048576 bytes");
    assertThat(error.retryable()).isFalse();
    assertThat(server.received().size()).isLessThanOrEqualTo(1);
  }

  @Test
  void exchange_bodyAtTheLimit_isRead() throws Exception {
    server.answersOk(GOOD);
    int size = GOOD.getBytes(UTF_8).length;

    assertThat(server.builder().maxResponseBytes(size).build().exchange(REQUEST).contentKeys())
        .hasSize(1);
    fails(server.builder().maxResponseBytes(size - 1).build(), "key-response-too-large");
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void exchange_redirect_isNotFollowed(int status) {
    server.answers(
        aResponse().withStatus(status).withHeader("Location", "http://127.0.0.1:1/" + KEY));

    KeyExchangeException error = fails(server.client(), "key-server-refused");

    assertThat(error).hasMessageContaining("HTTP " + status).hasMessageContaining("Redirects");
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void exchange_interrupted_stopsWaiting() throws Exception {
    server.answers(SpekeServer.ok(GOOD).withFixedDelay(4_000));
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread asking =
        new Thread(() -> thrown.set(catchThrowable(() -> server.client().exchange(REQUEST))));
    asking.start();
    Thread.sleep(300);
    asking.interrupt();
    asking.join(2_000);

    assertThat(asking.isAlive()).isFalse();
    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
  }

  private static SpekeV2Client counting(URI url, AtomicInteger attempts) {
    return SpekeV2Client.builder(url)
        .timeouts(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(6))
        .attempts(3, Duration.ofMillis(1))
        .authorizer(
            call -> {
              attempts.incrementAndGet();
              return call;
            })
        .build();
  }

  private static KeyExchangeException fails(SpekeV2Client client, String code) {
    KeyExchangeException error =
        catchThrowableOfType(KeyExchangeException.class, () -> client.exchange(REQUEST));
    assertThat(error).as(code).isNotNull();
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.blame()).isEqualTo(DrmException.Blame.UPSTREAM);
    assertThat(error)
        .hasNoCause()
        .hasMessageNotContaining(SpekeServer.PATH_SECRET)
        .hasMessageNotContaining(SpekeServer.QUERY_SECRET);
    Leaks.assertNone(error, KEY);
    return error;
  }
}
