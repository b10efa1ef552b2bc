package io.keymux.keyserver.profile;

import static io.keymux.cpix.DrmSystem.WIDEVINE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.KeyRequest;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.RawServer;
import io.keymux.keyserver.speke.Requests;
import io.keymux.keyserver.speke.SpekeAnswer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Faults of a ticketed key server and of its login, over sockets, as an account meets them: each
 * ends inside its deadline, says whose fault it is and whether a retry helps, and tells no secret.
 */
@Timeout(30)
class AccountFaultsTest {
  private static final String PASSWORD = "pass-sesame-word";
  private static final String LOGIN = "TGT-sesame-login";
  private static final Duration TOTAL = Duration.ofSeconds(2);
  private static final KeyRequest REQUEST = Requests.of(Requests.shared(), WIDEVINE);
  private static final String KEY = SpekeAnswer.key(1);

  /** What the login, the ticket and the key call answer; counted from 1. */
  interface Answers {
    @Nullable String of(String request, int number);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault(
            "login refused", "login", n -> reply(401, PASSWORD), "key-server-login-failed", false),
        fault("login overloaded", "login", n -> reply(503, ""), "key-server-login-failed", true),
        fault(
            "login is HTML",
            "login",
            n -> reply(200, "<html>" + PASSWORD),
            "key-server-login-failed",
            false),
        fault("no ticket", "ticket", n -> reply(500, LOGIN), "key-server-login-failed", false),
        fault(
            "ticket is HTML",
            "ticket",
            n -> reply(200, "<html>" + LOGIN),
            "key-response-invalid",
            false),
        fault("keys forbidden", "keys", n -> reply(403, KEY), "key-server-unauthorized", false),
        fault("server error", "keys", n -> reply(500, KEY), "key-server-refused", false),
        fault("not now", "keys", n -> reply(503, KEY), "key-server-refused", true),
        fault(
            "not now for long",
            "keys",
            n -> "HTTP/1.1 429 x\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n",
            "key-server-refused",
            true),
        fault(
            "HTML with 200",
            "keys",
            n -> reply(200, "<html>" + KEY),
            "key-response-invalid",
            false),
        fault("nothing with 200", "keys", n -> reply(200, ""), "key-response-invalid", false),
        fault("another version", "keys", n -> good("9.9"), "key-response-invalid", false),
        fault(
            "redirect elsewhere",
            "keys",
            n ->
                "HTTP/1.1 307 x\r\nLocation: https://evil.example/"
                    + LOGIN
                    + "\r\nContent-Length: 0\r\n\r\n",
            "key-server-refused",
            false),
        fault(
            "cut in the key",
            "keys",
            n -> "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + SpekeAnswer.to(REQUEST),
            "key-server-unreachable",
            true),
        fault("breaks off", "keys", n -> "", "key-server-unreachable", true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void exchange_fault_endsWithCodeBlameAndAdvice(
      String name, String stage, IntFunction<String> answer, String code, boolean retryable)
      throws Exception {
    try (RawServer server =
        server((request, number) -> request.equals(stage) ? answer.apply(number) : null)) {
      long start = System.nanoTime();

      KeyExchangeException error = failure(server.url("").toString(), server.url("").toString());

      assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
      assertThat(error.retryable()).isEqualTo(retryable);
      assertThat(error.blame()).isEqualTo(Blame.UPSTREAM);
      assertThat(error)
          .hasNoCause()
          .hasMessageNotContaining("sesame")
          .hasMessageNotContaining("ST-")
          .hasMessageNotContaining(KEY);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(TOTAL.plus(Duration.ofSeconds(1)));
    }
  }

  @Test
  void exchange_loginServiceDown_isUnreachable() throws Exception {
    int closed;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = free.getLocalPort();
    }
    try (RawServer server = server((request, number) -> null)) {
      KeyExchangeException error = failure(server.url("").toString(), "http://127.0.0.1:" + closed);

      assertThat(error.code()).isEqualTo("key-server-unreachable");
      assertThat(error.retryable()).isTrue();
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void exchange_loginServiceHangs_endsAtItsDeadline() throws Exception {
    try (RawServer server = new RawServer((socket, out) -> Thread.sleep(10_000))) {
      long start = System.nanoTime();

      KeyExchangeException error = failure(server.url("").toString(), server.url("").toString());

      assertThat(error.code()).isEqualTo("key-server-timeout");
      assertThat(error.retryable()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(TOTAL.plus(Duration.ofSeconds(1)));
    }
  }

  /** The ticket was good when it was minted, and is not any more when it is used. */
  @Test
  void exchange_ticketExpiredInBetween_isMintedAnewOnce() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (RawServer server =
        server(
            (request, number) ->
                request.equals("keys") && calls.incrementAndGet() == 1
                    ? reply(401, LOGIN)
                    : null)) {
      try (KeyServer keys = account(server.url("").toString(), server.url("").toString())) {
        assertThat(keys.exchange(REQUEST).contentKeys()).hasSize(1);
      }
      assertThat(calls).hasValue(2);
      assertThat(server.requests()).last().asString().startsWith("DELETE ");
    }
  }

  private static KeyExchangeException failure(String server, String login) {
    KeyExchangeException error =
        catchThrowableOfType(
            KeyExchangeException.class,
            () -> {
              try (KeyServer keys = account(server, login)) {
                keys.exchange(REQUEST);
              }
            });
    assertThat(error).isNotNull();
    return error;
  }

  private static KeyServer account(String server, String login) {
    String yaml =
        """
        profile: generic
        url: %s/keys
        auth: {type: cas, login: "%s/login", user: u, password: "${env:P}"}
        retry: {connect: 300ms, attempt: 1s, total: 2s, attempts: 2, pause: 10ms}
        """
            .formatted(server, login);
    return TestAccounts.servers(Map.of("P", PASSWORD)).open("faulty", yaml.getBytes(UTF_8));
  }

  /** A CAS and key server that is right where {@code answers} gives null. */
  private static RawServer server(Answers answers) throws IOException {
    AtomicInteger number = new AtomicInteger();
    return new RawServer(
        (socket, out, head) -> {
          String stage =
              head.startsWith("DELETE")
                  ? "logout"
                  : head.startsWith("POST /login ")
                      ? "login"
                      : head.startsWith("POST /login/") ? "ticket" : "keys";
          String answer = answers.of(stage, number.incrementAndGet());
          if (answer == null) {
            answer =
                switch (stage) {
                  case "login" ->
                      "HTTP/1.1 201 x\r\nLocation: /login/"
                          + LOGIN
                          + "\r\nContent-Length: 0\r\n\r\n";
                  case "ticket" -> reply(200, "ST-" + number.get());
                  case "keys" -> good("2.0");
                  default -> reply(200, "");
                };
          }
          out.write(answer.getBytes(ISO_8859_1));
        });
  }

  private static String good(String version) {
    String body = SpekeAnswer.to(REQUEST);
    return "HTTP/1.1 200 OK\r\nX-Speke-Version: %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(version, body.getBytes(ISO_8859_1).length, body);
  }

  private static String reply(int status, String body) {
    return "HTTP/1.1 %d x\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body);
  }

  private static Arguments fault(
      String name, String stage, IntFunction<String> answer, String code, boolean retryable) {
    return Arguments.of(name, stage, answer, code, retryable);
  }
}
