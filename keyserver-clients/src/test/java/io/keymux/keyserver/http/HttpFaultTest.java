package io.keymux.keyserver.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.SecretBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes wrong between two sockets: it ends in time, with a code, and tells nothing. */
@Timeout(30)
class HttpFaultTest {
  private static final String SECRET = "tickettickettick";
  private static final Duration TOTAL = Duration.ofSeconds(2);
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final HttpSettings SETTINGS =
      HttpSettings.DEFAULT.withLimits(
          new HttpLimits(
              Duration.ofMillis(300),
              Duration.ofMillis(700),
              TOTAL,
              3,
              Duration.ofMillis(20),
              1 << 20));

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("no answer at all", (socket, out) -> Thread.sleep(5_000), "key-server-timeout", true),
        fault("closes at once", (socket, out) -> {}, "key-server-unreachable", true),
        fault(
            "drips a byte in 50 ms",
            (socket, out) -> {
              out.write((OK + "Content-Length: 1000\r\n\r\n").getBytes(ISO_8859_1));
              for (int i = 0; i < 1000; i++) {
                out.write('x');
                out.flush();
                Thread.sleep(50);
              }
            },
            "key-server-timeout",
            true),
        fault(
            "drips its head",
            (socket, out) -> {
              for (int i = 0; i < 1000; i++) {
                out.write("HTTP/1.1 200 OK\r\nA: ".charAt(i % 20));
                out.flush();
                Thread.sleep(50);
              }
            },
            "key-server-timeout",
            true),
        fault(
            "resets in the body",
            (socket, out) -> {
              out.write((OK + "Content-Length: 1000\r\n\r\n" + SECRET).getBytes(ISO_8859_1));
              out.flush();
              Thread.sleep(50);
              socket.setSoLinger(true, 0);
            },
            "key-server-unreachable",
            true),
        fault(
            "closes in the body",
            text(OK + "Content-Length: 1000\r\n\r\n" + SECRET),
            "key-server-unreachable",
            true),
        fault(
            "closes between chunks",
            text(OK + "Transfer-Encoding: chunked\r\n\r\n10\r\n" + SECRET + "\r\n"),
            "key-server-unreachable",
            true),
        fault(
            "malformed chunk",
            text(OK + "Transfer-Encoding: chunked\r\n\r\nzz" + SECRET + "\r\n"),
            "key-server-unreachable",
            true),
        fault("no HTTP", text(SECRET + "\r\n\r\n"), "key-response-invalid", false),
        fault("another protocol", text("SSH-2.0-OpenSSH_9\r\n"), "key-response-invalid", false),
        fault(
            "endless head",
            (socket, out) -> {
              out.write(OK.getBytes(ISO_8859_1));
              flood(out, ("X-" + SECRET + ": y\r\n").getBytes(ISO_8859_1), 1L << 32);
            },
            "key-response-invalid",
            false),
        fault(
            "a line without end",
            (socket, out) -> flood(out, "x".repeat(1 << 16).getBytes(ISO_8859_1), 1L << 32),
            "key-response-invalid",
            false),
        fault(
            "2 GB announced",
            (socket, out) -> {
              out.write((OK + "Content-Length: 2147483648\r\n\r\n").getBytes(ISO_8859_1));
              flood(out, new byte[1 << 16], 1L << 31);
            },
            "key-response-too-large",
            false),
        fault(
            "2 GB in chunks",
            (socket, out) -> {
              out.write((OK + "Transfer-Encoding: chunked\r\n\r\n").getBytes(ISO_8859_1));
              byte[] chunk = ("8000\r\n" + "y".repeat(0x8000) + "\r\n").getBytes(ISO_8859_1);
              flood(out, chunk, 1L << 31);
            },
            "key-response-too-large",
            false),
        fault("gzip bomb", bytes("gzip", bomb(64 << 20)), "key-response-too-large", false),
        fault(
            "no gzip after all",
            bytes("gzip", SECRET.getBytes(ISO_8859_1)),
            "key-server-unreachable",
            true),
        fault(
            "unknown coding",
            bytes("br", SECRET.getBytes(ISO_8859_1)),
            "key-response-invalid",
            false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void send_fault_endsInTimeWithACode(
      String name, RawServer.Script script, String code, boolean retryable) throws Exception {
    try (RawServer server = new RawServer(script)) {
      long start = System.nanoTime();

      KeyExchangeException error = failure(server.url("/" + SECRET + "?ticket=" + SECRET));

      assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
      assertThat(error.retryable()).isEqualTo(retryable);
      assertThat(error.blame()).isEqualTo(Blame.UPSTREAM);
      assertThat(error).hasNoCause().hasMessageNotContaining(SECRET);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(TOTAL.plus(Duration.ofMillis(1500)));
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void send_nobodyListens_isTriedAgainAndRetryable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }

    KeyExchangeException error = failure(URI.create("http://127.0.0.1:" + port + "/" + SECRET));

    assertThat(error.code()).isEqualTo("key-server-unreachable");
    assertThat(error.retryable()).isTrue();
  }

  /** A listener whose queue is full drops what comes, as a firewall does. */
  @Test
  void send_blackHole_endsAfterTheConnectTimeouts() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + full.getLocalPort() + "/" + SECRET);
      try (java.net.Socket first = new java.net.Socket(full.getInetAddress(), full.getLocalPort());
          java.net.Socket second =
              new java.net.Socket(full.getInetAddress(), full.getLocalPort())) {
        assertThat(first.isConnected() && second.isConnected()).isTrue();

        KeyExchangeException error = failure(url);

        assertThat(error.code()).isEqualTo("key-server-unreachable");
        assertThat(error).hasMessageContaining("no connection within");
      }
    }
  }

  @Test
  void send_overloadedThenFine_waitsAsLongAsAsked() throws Exception {
    AtomicLong calls = new AtomicLong();
    try (RawServer server =
        new RawServer(
            (socket, out) ->
                out.write(
                    (calls.incrementAndGet() == 1
                            ? "HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"
                            : OK + "Content-Length: 2\r\n\r\nok")
                        .getBytes(ISO_8859_1)))) {
      long start = System.nanoTime();

      try (HttpAnswer answer = exchange().send(KeyServerCall.get(server.url("/")))) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body(), ISO_8859_1)).isEqualTo("ok");
      }

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
      assertThat(calls).hasValue(2);
    }
  }

  @Test
  void send_gzip_isInflated() throws Exception {
    try (RawServer server = new RawServer(bytes("gzip", bomb(1000)))) {
      try (HttpAnswer answer = exchange().send(KeyServerCall.get(server.url("/")))) {
        assertThat(answer.body()).isEqualTo(new byte[1000]);
      }
    }
  }

  @Test
  void send_interrupted_letsGoOfTheCall() throws Exception {
    try (RawServer server = new RawServer((socket, out) -> Thread.sleep(20_000))) {
      Thread caller = Thread.currentThread();
      Thread interrupter =
          new Thread(
              () -> {
                while (server.requests().isEmpty()) {
                  Thread.onSpinWait();
                }
                caller.interrupt();
              });
      interrupter.start();
      InterruptedException thrown =
          catchThrowableOfType(
              InterruptedException.class,
              () -> exchange().send(KeyServerCall.get(server.url("/"))));

      assertThat(thrown).isNotNull();
      interrupter.join();
    }
  }

  private static KeyExchangeException failure(URI url) {
    KeyExchangeException error =
        catchThrowableOfType(
            KeyExchangeException.class,
            () ->
                exchange()
                    .send(
                        KeyServerCall.post(
                            url,
                            "application/xml",
                            SecretBytes.copyOf(SECRET.getBytes(ISO_8859_1)))));
    assertThat(error).isNotNull();
    return error;
  }

  private static HttpExchange exchange() {
    return new HttpExchange(SETTINGS, CallAuthorizer.none(), new Random(1), System::nanoTime);
  }

  private static Arguments fault(
      String name, RawServer.Script script, String code, boolean retryable) {
    return Arguments.of(name, script, code, retryable);
  }

  private static RawServer.Script text(String text) {
    return (socket, out) -> out.write(text.getBytes(ISO_8859_1));
  }

  private static RawServer.Script bytes(String coding, byte[] body) {
    return (socket, out) -> {
      out.write(
          "%sContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(OK, coding, body.length)
              .getBytes(ISO_8859_1));
      out.write(body);
    };
  }

  private static byte[] bomb(int size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      flood(gzip, new byte[1000], size);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static void flood(OutputStream out, byte[] block, long size) throws IOException {
    for (long sent = 0; sent < size; sent += block.length) {
      out.write(block);
    }
  }
}
