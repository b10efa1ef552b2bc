package io.keymux.keyserver.speke;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static io.keymux.keyserver.speke.Requests.A;
import static io.keymux.keyserver.speke.SpekeFailures.GOOD;
import static io.keymux.keyserver.speke.SpekeFailures.REQUEST;
import static io.keymux.keyserver.speke.SpekeFailures.fails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.keymux.keyserver.http.KeyExchangeException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that stall, or ask to be left alone for a while. */
@Timeout(30)
class SpekeWaitingTest {
  @RegisterExtension static final SpekeServer server = new SpekeServer();

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
    SpekeClient client = server.builder().attempts(2, Duration.ZERO).build();
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
    SpekeClient client =
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

  private static void assertTimesOut() {
    SpekeClient client =
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
}
