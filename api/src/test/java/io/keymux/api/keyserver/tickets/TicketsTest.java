package io.keymux.api.keyserver.tickets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.config.TicketSettings;
import io.keymux.cpix.SecretBytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TicketsTest {
  private static final ServiceUrl SERVICE = ServiceUrl.of("http://127.0.0.1:8080/frontend/x");
  private static final TicketSettings REUSABLE =
      new TicketSettings(null, Duration.ofSeconds(10), Duration.ofSeconds(60), false);

  private final SettableClock clock = new SettableClock();
  private final Tickets tickets = new Tickets(TicketSettings.DEFAULT, clock);
  private final Tickets reusable = new Tickets(REUSABLE, clock);

  @Test
  void issue_tickets_have256RandomBits() {
    Set<String> seen = new HashSet<>();
    String login = login(tickets);
    for (int i = 0; i < 100; i++) {
      String ticket = mint(tickets, login);
      assertThat(ticket).startsWith("ST-");
      assertThat(Base64.getUrlDecoder().decode(ticket.substring(3))).hasSize(32);
      assertThat(seen.add(ticket)).isTrue();
    }
    assertThat(Base64.getUrlDecoder().decode(login.substring(4))).hasSize(32);
  }

  @Test
  void redeem_secondTime_isRefusedIfForOneUse() {
    String ticket = mint(tickets, login(tickets));
    assertThat(tickets.redeem(ticket, SERVICE)).isTrue();
    assertThat(tickets.redeem(ticket, SERVICE)).isFalse();

    String again = mint(reusable, login(reusable));
    assertThat(reusable.redeem(again, SERVICE)).isTrue();
    assertThat(reusable.redeem(again, SERVICE)).isTrue();
  }

  @Test
  void redeem_after10Seconds_isRefused() {
    String ticket = mint(reusable, login(reusable));
    clock.pass(Duration.ofMillis(9_999));
    assertThat(reusable.redeem(ticket, SERVICE)).isTrue();
    clock.pass(Duration.ofMillis(1));
    assertThat(reusable.redeem(ticket, SERVICE)).isFalse();
  }

  @Test
  void mint_afterTheLoginsLifetime_isRefused() {
    String login = login(reusable);
    clock.pass(Duration.ofMillis(59_999));
    assertThat(reusable.mint(login, SERVICE)).isPresent();
    clock.pass(Duration.ofMillis(1));
    assertThat(reusable.mint(login, SERVICE)).isEmpty();
    assertThat(reusable.mint("TGT-x", SERVICE)).isEmpty();
  }

  @Test
  void redeem_atAnotherUrl_isRefusedAndCostsTheTicket() {
    String ticket = mint(tickets, login(tickets));
    assertThat(tickets.redeem(ticket, ServiceUrl.of("http://127.0.0.1:8080/frontend/y"))).isFalse();
    assertThat(tickets.redeem(ticket, SERVICE)).isFalse();
  }

  @Test
  void logout_login_endsItsTicketsAndNoOthers() {
    String login = login(reusable);
    String ticket = mint(reusable, login);
    String other = mint(reusable, login(reusable));
    reusable.logout(login);
    assertThat(reusable.redeem(ticket, SERVICE)).isFalse();
    assertThat(reusable.mint(login, SERVICE)).isEmpty();
    assertThat(reusable.redeem(other, SERVICE)).isTrue();
  }

  @Test
  void mint_moreThanAreKept_dropsTheOldest() {
    String login = login(reusable);
    List<String> minted = new ArrayList<>();
    for (int i = 0; i <= Tickets.KEPT; i++) {
      minted.add(mint(reusable, login));
    }
    assertThat(reusable.redeem(minted.get(0), SERVICE)).isFalse();
    assertThat(reusable.redeem(minted.get(1), SERVICE)).isTrue();
    assertThat(reusable.redeem(minted.get(Tickets.KEPT), SERVICE)).isTrue();
  }

  @Test
  void redeem_twentyAtOnce_oneAloneIsLetIn() throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try {
      for (int round = 0; round < 50; round++) {
        String ticket = mint(tickets, login(tickets));
        CyclicBarrier start = new CyclicBarrier(20);
        Callable<Boolean> call =
            () -> {
              start.await();
              return tickets.redeem(ticket, SERVICE);
            };
        int letIn = 0;
        for (Future<Boolean> result : threads.invokeAll(Collections.nCopies(20, call))) {
          letIn += result.get() ? 1 : 0;
        }
        assertThat(letIn).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "org::vtk, pä55, true",
    "org::vtk, pä5, false",
    "org::vtk, pä555, false",
    "org::vtx, pä55, false",
    "'', '', false"
  })
  void login_oneAccount_refusesOthers(String user, String password, boolean in) {
    TicketSettings.Account account =
        new TicketSettings.Account("org::vtk", SecretBytes.copyOf("pä55".getBytes(UTF_8)));
    Tickets guarded =
        new Tickets(
            new TicketSettings(account, Duration.ofSeconds(1), Duration.ofSeconds(1), true), clock);
    assertThat(guarded.login(user.getBytes(UTF_8), password.getBytes(UTF_8)).isPresent())
        .isEqualTo(in);
  }

  private static String login(Tickets tickets) {
    return tickets.login(new byte[] {1}, new byte[] {2}).orElseThrow();
  }

  private static String mint(Tickets tickets, String login) {
    return tickets.mint(login, SERVICE).orElseThrow();
  }
}
