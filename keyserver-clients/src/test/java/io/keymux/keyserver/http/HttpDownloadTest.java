package io.keymux.keyserver.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that send a little again and again, which no time-out of a socket ends. */
@Timeout(30)
class HttpDownloadTest {
  private static final Duration ATTEMPT = Duration.ofMillis(500);
  private static final Duration BODY = Duration.ofMillis(900);
  private static final HttpSettings SETTINGS =
      HttpSettings.DEFAULT.withLimits(
          HttpLimits.DEFAULT.withTimeouts(Duration.ofMillis(500), ATTEMPT, Duration.ofSeconds(2)));
  private static final String OK = "HTTP/1.1 206 Partial Content\r\n";

  static Stream<Arguments> drips() {
    return Stream.of(
        Arguments.of("nothing", "http", "", "", ATTEMPT),
        Arguments.of("a handshake that never begins", "https", "", "", ATTEMPT),
        Arguments.of("the first line", "http", "", "HTTP/1.1 200 OK", ATTEMPT),
        Arguments.of("a header", "http", OK, "X-A: ", ATTEMPT),
        Arguments.of("the body", "http", OK + "Content-Length: 10000\r\n\r\n", "x", BODY),
        Arguments.of(
            "the size of a chunk", "http", OK + "Transfer-Encoding: chunked\r\n\r\n5;", "x", BODY),
        Arguments.of(
            "trailers", "http", OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X-A: ", BODY));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("drips")
  void get_serverThatDrips_endsInTime(
      String name, String scheme, String first, String drip, Duration limit) throws IOException {
    try (RawServer server = new RawServer((socket, out) -> drip(out, first, drip))) {
      URI uri = URI.create(scheme + "://127.0.0.1:" + server.port() + "/a");
      long start = System.nanoTime();
      Throwable failure =
          catchThrowable(
              () -> {
                try (HttpDownload download = open(uri)) {
                  download.get(uri, null, null, BODY).body().readAllBytes();
                }
              });
      assertThat(failure).isInstanceOf(IOException.class);
      // The time-out of the socket would be a second later.
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(limit, limit.plusMillis(950));
    }
  }

  @Test
  void get_connectionThatIsKept_isNotClosedByWhatEndedInTime() throws Exception {
    RawServer.Script twice =
        (socket, out) -> {
          byte[] answer = (OK + "Content-Length: 1\r\n\r\nx").getBytes(ISO_8859_1);
          out.write(answer);
          out.flush();
          // The second request.
          socket.getInputStream().read();
          out.write(answer);
          out.flush();
          Thread.sleep(1000);
        };
    try (RawServer server = new RawServer(twice);
        HttpDownload download = open(server.url("/a"))) {
      HttpDownload.Answer answer = download.get(server.url("/a"), null, null, BODY);
      assertThat(answer.body().read()).isEqualTo('x');
      assertThat(download.isReusable(answer)).isTrue();
      Thread.sleep(BODY.toMillis() + 300);
      HttpDownload.Answer second = download.get(server.url("/a"), null, null, BODY);
      assertThat(second.body().readAllBytes()).isEqualTo(new byte[] {'x'});
    }
  }

  private static HttpDownload open(URI uri) throws IOException {
    return HttpDownload.open(uri, SETTINGS, KeyExchangeException::addressRefused);
  }

  private static void drip(OutputStream out, String first, String drip)
      throws IOException, InterruptedException {
    out.write(first.getBytes(ISO_8859_1));
    byte[] bytes = drip.getBytes(ISO_8859_1);
    for (int i = 0; i < 100; i++) {
      if (bytes.length > 0) {
        out.write(bytes[Math.min(i, bytes.length - 1)]);
        out.flush();
      }
      Thread.sleep(100);
    }
  }
}
