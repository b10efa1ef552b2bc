package io.keymux.keyserver.auth;

import static io.keymux.keyserver.auth.CasTickets.Placement.HEADER;
import static io.keymux.keyserver.auth.CasTickets.Placement.QUERY;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole exchanges with a CAS server that keeps its own books. */
@Timeout(30)
class CasTicketsTest {
  private static final TicketPolicy SINGLE = TicketPolicy.singleUse();
  private static final TicketPolicy REUSED = TicketPolicy.reusable(Duration.ofMinutes(5));

  static Stream<Arguments> policies() {
    return Stream.of(SINGLE, REUSED)
        .flatMap(policy -> Stream.of(QUERY, HEADER).map(place -> Arguments.of(policy, place)));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void send_twice_logsInOnce(TicketPolicy policy, CasTickets.Placement placement) throws Exception {
    try (CasServer server = new CasServer(policy.equals(SINGLE));
        HttpExchange exchange = open(server, policy, placement)) {
      keys(server, exchange, "/cpix/v1/org/ingest/c?x=a%2Fb#f");
      keys(server, exchange, "/cpix/v1/org/ingest/c");

      assertThat(server.logins).hasValue(1);
      assertThat(server.minted).hasValue(policy.equals(SINGLE) ? 2 : 1);
      assertThat(server.bodies.get(0))
          .isEqualTo("username=acme%3A%3Apackager&password=pa%26ss%20w%2Brd%2F%C3%BC%3D9c1e");
      assertThat(server.bodies.get(1))
          .startsWith("service=http%3A%2F%2F127.0.0.1%3A")
          .endsWith("%2Fcpix%2Fv1%2Forg%2Fingest%2Fc");
    }
  }

  @Test
  void send_reusableTicket_isForOneUrlAndItsLifetime() throws Exception {
    SettableClock clock = new SettableClock("2026-01-01T00:00:00Z");
    try (CasServer server = new CasServer(false);
        HttpExchange exchange =
            TestServer.SETTINGS.open(
                new CasTickets(
                    new CasProtocol(
                        server.uri(CasServer.BASE), CasServer.USER, Secrets.of(CasServer.PASSWORD)),
                    REUSED,
                    QUERY,
                    clock))) {
      keys(server, exchange, "/a?1");
      keys(server, exchange, "/b?1");
      keys(server, exchange, "/a?2");
      assertThat(server.minted).hasValue(2);

      clock.advance(Duration.ofMinutes(5).minusSeconds(1));
      keys(server, exchange, "/a");
      assertThat(server.minted).hasValue(2);

      clock.advance(Duration.ofSeconds(1));
      keys(server, exchange, "/a");
      assertThat(server.minted).hasValue(3);
      assertThat(server.logins).hasValue(1);
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void send_ticketExpiredBetweenMintAndUse_isMintedOnceMore(
      TicketPolicy policy, CasTickets.Placement placement) throws Exception {
    try (CasServer server = new CasServer(policy.equals(SINGLE));
        HttpExchange exchange =
            TestServer.SETTINGS.open(spoilFirst(tickets(server, policy, placement), server))) {
      keys(server, exchange, "/a");

      assertThat(server.minted).hasValue(2);
      // A fresh ticket was refused: its login is suspected too.
      assertThat(server.logins).hasValue(policy.equals(SINGLE) ? 2 : 1);
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void send_loginEnded_logsInOnceMoreInTheSameExchange(
      TicketPolicy policy, CasTickets.Placement placement) throws Exception {
    try (CasServer server = new CasServer(policy.equals(SINGLE));
        HttpExchange exchange = open(server, policy, placement)) {
      keys(server, exchange, "/a");
      server.live.clear();
      keys(server, exchange, "/b");

      assertThat(server.logins).hasValue(2);
      assertThat(server.minted).hasValue(2);
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void send_twentyThreads_shareOneLogin(TicketPolicy policy, CasTickets.Placement placement)
      throws Exception {
    try (CasServer server = new CasServer(policy.equals(SINGLE));
        HttpExchange exchange = open(server, policy, placement)) {
      TestServer.together(20, () -> keys(server, exchange, "/a"));

      assertThat(server.logins).hasValue(1);
      assertThat(server.used).hasSize(20);
      assertThat(Set.copyOf(server.used)).hasSize(policy.equals(SINGLE) ? 20 : 1);
    }
  }

  @Test
  void send_sharedTicketRefusedInTwentyThreads_isRenewedOnce() throws Exception {
    try (CasServer server = new CasServer(false);
        HttpExchange exchange = open(server, REUSED, QUERY)) {
      keys(server, exchange, "/a");
      server.expireTickets();
      TestServer.together(20, () -> keys(server, exchange, "/a"));

      assertThat(server.minted).hasValue(2);
      assertThat(server.logins).hasValue(1);
    }
  }

  @Test
  void send_loginEndedUnderTwentyThreads_logsInOnce() throws Exception {
    try (CasServer server = new CasServer(true);
        HttpExchange exchange = open(server, SINGLE, HEADER)) {
      keys(server, exchange, "/a");
      server.live.clear();
      TestServer.together(20, () -> keys(server, exchange, "/a"));

      assertThat(server.logins).hasValue(2);
      assertThat(server.used).hasSize(21).doesNotHaveDuplicates();
    }
  }

  @Test
  void send_wrongPasswordInTwentyThreads_isTriedOnce() throws Exception {
    try (CasServer server = new CasServer(true);
        HttpExchange exchange =
            TestServer.SETTINGS.open(
                CasTickets.of(
                    server.uri(CasServer.BASE),
                    CasServer.USER,
                    Secrets.of("wrong-password-4711"),
                    SINGLE,
                    QUERY))) {
      List<KeyExchangeException> failures =
          TestServer.together(
              20,
              () ->
                  Assertions.catchThrowableOfType(
                      KeyExchangeException.class, () -> keys(server, exchange, "/a")));

      assertThat(failures)
          .allSatisfy(
              e -> {
                assertThat(e.code()).isEqualTo("key-server-login-failed");
                assertThat(e.retryable()).isFalse();
                assertThat(e).hasMessageStartingWith("127.0.0.1 refused the login with HTTP 401.");
                Secrets.assertNone(e, "wrong-password-4711");
              });
      // Threads that come after the failure try for themselves.
      assertThat(server.logins.get()).isLessThan(20);
    }
  }

  @Test
  void send_neverGoodEnough_endsAfterTwoTickets() throws Exception {
    try (CasServer server = new CasServer(true)) {
      CallAuthorizer inner = tickets(server, SINGLE, QUERY);
      try (HttpExchange exchange =
          TestServer.SETTINGS.open(inner.then(QueryToken.of("ticket", "ST-never-minted")))) {
        KeyExchangeException failure =
            Assertions.catchThrowableOfType(
                KeyExchangeException.class, () -> keys(server, exchange, "/a"));
        assertThat(failure.code()).isEqualTo("key-server-unauthorized");
        assertThat(server.minted).hasValue(2);
        Secrets.assertNone(failure, "ST-never-minted", CasServer.PASSWORD);
      }
    }
  }

  @Test
  void close_loggedIn_logsOutOnce() throws Exception {
    try (CasServer server = new CasServer(true)) {
      HttpExchange exchange = open(server, SINGLE, QUERY);
      keys(server, exchange, "/a");
      exchange.close();
      exchange.close();

      assertThat(server.deleted).containsExactly("TGT-1-secret");
      assertThat(server.live).isEmpty();

      keys(server, exchange, "/a");
      assertThat(server.logins).hasValue(2);
      Thread.currentThread().interrupt();
      exchange.close();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(server.deleted).containsExactly("TGT-1-secret", "TGT-2-secret");
    }
  }

  @Test
  void close_abandonedLogin_isLoggedOutToo() throws Exception {
    try (CasServer server = new CasServer(true)) {
      HttpExchange exchange =
          TestServer.SETTINGS.open(spoilFirst(tickets(server, SINGLE, QUERY), server));
      keys(server, exchange, "/a");
      exchange.close();

      assertThat(server.deleted).containsExactlyInAnyOrder("TGT-1-secret", "TGT-2-secret");
    }
  }

  @Test
  void close_neverLoggedIn_sendsNothing() {
    try (CasServer server = new CasServer(true)) {
      open(server, SINGLE, QUERY).close();
      assertThat(server.deleted).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(CasTickets.Placement.class)
  void close_serverGone_isSilentAndShort(CasTickets.Placement placement) throws Exception {
    CasServer server = new CasServer(true);
    HttpExchange exchange = open(server, SINGLE, placement);
    keys(server, exchange, "/a");
    server.close();

    long before = System.nanoTime();
    exchange.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
  }

  /** Makes the first ticket worthless after it was minted. */
  private static CallAuthorizer spoilFirst(CallAuthorizer tickets, CasServer server) {
    return tickets.then(
        (call, sender) -> {
          if (server.minted.get() == 1) {
            server.expireTickets();
          }
          return call;
        });
  }

  private static HttpExchange open(
      CasServer server, TicketPolicy policy, CasTickets.Placement placement) {
    return TestServer.SETTINGS.open(tickets(server, policy, placement));
  }

  private static CallAuthorizer tickets(
      CasServer server, TicketPolicy policy, CasTickets.Placement placement) {
    return CasTickets.of(
        server.uri(CasServer.BASE),
        CasServer.USER,
        Secrets.of(CasServer.PASSWORD),
        policy,
        placement);
  }

  private static String keys(CasServer server, HttpExchange exchange, String path)
      throws InterruptedException {
    try (HttpAnswer answer = exchange.send(KeyServerCall.get(server.uri(path)))) {
      assertThat(answer.status()).isEqualTo(200);
      return "";
    }
  }
}
