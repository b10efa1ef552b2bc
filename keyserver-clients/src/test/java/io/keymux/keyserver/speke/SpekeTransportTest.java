package io.keymux.keyserver.speke;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.keymux.keyserver.speke.SpekeFailures.GOOD;
import static io.keymux.keyserver.speke.SpekeFailures.REQUEST;
import static io.keymux.keyserver.speke.SpekeFailures.counting;
import static io.keymux.keyserver.speke.SpekeFailures.fails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.keymux.keyserver.http.KeyExchangeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that are not there, break off and babble. */
@Timeout(30)
class SpekeTransportTest {
  @RegisterExtension static final SpekeServer server = new SpekeServer();

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE"})
  void exchange_brokenConnection_isNotRepeated(Fault fault) {
    AtomicInteger attempts = new AtomicInteger();
    server.answers(SpekeServer.ok(GOOD).withFault(fault));

    KeyExchangeException error = fails(counting(server.url(), attempts), "key-server-unreachable");

    assertThat(error).hasMessageContaining("broke before the answer was complete");
    assertThat(error.retryable()).isTrue();
    assertThat(attempts).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"MALFORMED_RESPONSE_CHUNK", "RANDOM_DATA_THEN_CLOSE"})
  void exchange_babble_isInvalid(Fault fault) {
    server.answers(SpekeServer.ok(GOOD).withFault(fault));

    assertThat(fails(server.client(), "key-response-invalid").retryable()).isFalse();
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

    assertThat(error).hasMessageContaining("larger than 4194304 bytes");
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
}
