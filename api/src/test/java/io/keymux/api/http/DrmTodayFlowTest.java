package io.keymux.api.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.config.TicketSettings;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.SecretBytes;
import io.keymux.cpix.document.CpixTree;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.CallSender;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.http.KeyServerCall;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Login, ticket and call over the HTTP client of the key server clients; what is logged of it. */
class DrmTodayFlowTest {
  private static final String PASSWORD = "c4nary-passw0rd";

  @RegisterExtension
  static final TestService service =
      new TestService(
          KeyServerSettings.DEFAULT.withTickets(
              new TicketSettings(
                  new TicketSettings.Account("acme::packager", secret(PASSWORD)),
                  Duration.ofSeconds(10),
                  Duration.ofSeconds(60),
                  true)));

  private final List<String> secrets = new ArrayList<>(List.of(PASSWORD));

  @Test
  void exchange_usedTicket_isMintedAnewAndTheCallRepeated() throws InterruptedException {
    Cas cas = new Cas();
    try (HttpExchange http = HttpSettings.DEFAULT.open(cas)) {
      CpixDocument first = keys(http);
      CpixDocument second = keys(http);
      assertThat(first.contentKeys()).hasSize(2);
      assertThat(second).isEqualTo(first);
      assertThat(cas.minted).isEqualTo(2);
      assertThat(cas.renewed).isEqualTo(1);
    }
  }

  @Test
  void log_atTrace_holdsNoTicketAndNoPassword() throws InterruptedException {
    Logger root = (Logger) LoggerFactory.getLogger("ROOT");
    Logger own = (Logger) LoggerFactory.getLogger("io.keymux");
    Level before = root.getLevel();
    Level ownBefore = own.getLevel();
    ListAppender<ILoggingEvent> seen = new ListAppender<>();
    seen.setContext(root.getLoggerContext());
    seen.start();
    root.addAppender(seen);
    root.setLevel(Level.TRACE);
    own.setLevel(Level.TRACE);
    try (HttpExchange http = HttpSettings.DEFAULT.open(new Cas())) {
      keys(http);
      keys(http);
      DrmToday client = new DrmToday(service, PASSWORD);
      URI login = client.login();
      secrets.add(login.getPath().substring(login.getPath().lastIndexOf('/') + 1));
      HttpResponse<String> wrong = service.get(login.getPath());
      assertThat(wrong.statusCode()).isEqualTo(405);
      client.delete(login);
      client.logIn("acme::packager", PASSWORD + "x");
      root.trace("the test's own line");
    } finally {
      root.detachAppender(seen);
      root.setLevel(before);
      own.setLevel(ownBefore);
    }
    assertThat(seen.list).isNotEmpty();
    assertThat(secrets).hasSizeGreaterThan(3);
    for (ILoggingEvent event : List.copyOf(seen.list)) {
      assertThat(event.getFormattedMessage() + event.getThrowableProxy()).doesNotContain(secrets);
    }
  }

  private static CpixDocument keys(HttpExchange http) throws InterruptedException {
    SecretBytes body = secret(DrmToday.document("flow", "2.3"));
    KeyServerCall call = KeyServerCall.post(service.uri(DrmToday.PROCESS), "application/xml", body);
    try (HttpAnswer answer = http.send(call)) {
      assertThat(answer.status()).isEqualTo(200);
      return CpixTree.read(answer.body()).content();
    }
  }

  private static SecretBytes secret(String text) {
    return SecretBytes.copyOf(text.getBytes(UTF_8));
  }

  /** Goes on with its ticket until it is refused. */
  private final class Cas implements CallAuthorizer {
    private String ticket = "";
    private int minted;
    private int renewed;

    @Override
    public KeyServerCall authorize(KeyServerCall call, CallSender sender)
        throws InterruptedException {
      if (ticket.isEmpty()) {
        ticket = mint(call.uri(), sender);
        secrets.add(ticket);
        minted++;
      }
      return call.withUri(URI.create(call.uri() + "?ticket=" + ticket));
    }

    @Override
    public boolean renew(KeyServerCall refused, HttpAnswer answer) {
      assertThat(answer.status()).isEqualTo(401);
      ticket = "";
      renewed++;
      return true;
    }

    private String mint(URI called, CallSender sender) throws InterruptedException {
      URI base = service.uri(DrmToday.CAS);
      String location;
      try (HttpAnswer login =
          sender.send(form(base, "username=acme%3A%3Apackager&password=" + PASSWORD))) {
        assertThat(login.status()).isEqualTo(201);
        location = login.header("Location").orElseThrow();
      }
      String wanted = "service=" + URLEncoder.encode(called.toString(), UTF_8);
      try (HttpAnswer answer = sender.send(form(URI.create(location), wanted))) {
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.body(), US_ASCII);
      }
    }

    private static KeyServerCall form(URI uri, String body) {
      return KeyServerCall.post(uri, DrmToday.FORM, secret(body));
    }
  }
}
