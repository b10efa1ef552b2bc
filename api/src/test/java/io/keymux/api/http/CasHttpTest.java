package io.keymux.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.config.TicketSettings;
import io.keymux.api.keyserver.tickets.SettableClock;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins and tickets, with the status of each outcome. */
class CasHttpTest {
  private static final String PASSWORD = "c4nary-passw0rd";
  private static final SettableClock clock = new SettableClock();

  @RegisterExtension
  static final TestService open = new TestService(KeyServerSettings.DEFAULT, clock);

  @RegisterExtension
  static final TestService guarded =
      new TestService(
          KeyServerSettings.DEFAULT.withTickets(
              new TicketSettings(
                  new TicketSettings.Account(
                      "acme::packager", SecretBytes.copyOf(PASSWORD.getBytes(UTF_8))),
                  Duration.ofSeconds(60),
                  Duration.ofMinutes(10),
                  false)),
          clock);

  private final DrmToday client = new DrmToday(open, "any");
  private final DrmToday account = new DrmToday(guarded, PASSWORD);

  @Test
  void login_rightAccount_is201WithALocationHere() {
    HttpResponse<String> answer = account.logIn("acme::packager", PASSWORD);
    assertThat(answer.statusCode()).isEqualTo(201);
    String location = answer.headers().firstValue("Location").orElseThrow();
    assertThat(location).startsWith(guarded.uri(DrmToday.CAS) + "/TGT-");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(account.mint(URI.create(location), guarded.uri("/x")).body())
        .matches("ST-[A-Za-z0-9_-]{43}");
  }

  @ParameterizedTest
  @CsvSource({"acme::packager, wrong", "acme::other, " + PASSWORD})
  void login_wrongAccount_is401(String user, String password) {
    HttpResponse<String> answer = account.logIn(user, password);
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(TestService.json(answer).path("code").asText()).isEqualTo("unauthorized");
    assertThat(answer.body()).doesNotContain(password);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "username=a", "password=a", "username=&password=", "username=%zz"})
  void login_missingParameter_is400(String form) {
    HttpResponse<String> answer = open.post(DrmToday.CAS, DrmToday.FORM, form);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(TestService.json(answer).path("code").asText()).isEqualTo("invalid-parameter");
  }

  @Test
  void loginAndMint_otherMediaType_is415() {
    assertThat(open.postJson(DrmToday.CAS, "{\"username\":\"a\"}").statusCode()).isEqualTo(415);
    assertThat(open.postJson(client.login().getPath(), "{}").statusCode()).isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "service=", "service=x", "service=http%3A%2F%2Fh%2Fx%3Fy"})
  void mint_noService_is400WithoutTheTicket(String form) {
    URI login = client.login();
    HttpResponse<String> answer = open.post(login.getPath(), DrmToday.FORM, form);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain(ticketOf(login));
  }

  @Test
  void mint_unknownOrExpiredLogin_is404WithoutTheTicket() {
    URI login = account.login();
    URI service = guarded.uri("/x");
    assertThat(account.mint(login, service).statusCode()).isEqualTo(200);
    clock.pass(Duration.ofMinutes(10));
    HttpResponse<String> answer = account.mint(login, service);
    assertThat(answer.statusCode()).isEqualTo(404);
    JsonNode problem = TestService.json(answer);
    assertThat(problem.path("instance").asText()).isEqualTo("/cas/v1/tickets/TGT-…");
    assertThat(answer.body()).doesNotContain(ticketOf(login));
    assertThat(account.mint(guarded.uri("/cas/v1/tickets/TGT-none"), service).statusCode())
        .isEqualTo(404);
  }

  @Test
  void get_login_is405WithoutTheTicket() {
    URI login = client.login();
    HttpResponse<String> answer = open.get(login.getPath());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.body()).doesNotContain(ticketOf(login));
    HttpResponse<String> typo = open.get("/cas/v2/" + ticketOf(login).toLowerCase(Locale.ROOT));
    assertThat(typo.statusCode()).isEqualTo(404);
    assertThat(typo.body().toLowerCase(Locale.ROOT))
        .doesNotContain(ticketOf(login).toLowerCase(Locale.ROOT));
  }

  @Test
  void delete_login_is204AndEndsIt() {
    URI login = client.login();
    String ticket = client.mint(login, open.uri(DrmToday.PROCESS)).body();
    assertThat(client.delete(login).statusCode()).isEqualTo(204);
    assertThat(client.delete(login).statusCode()).isEqualTo(204);
    assertThat(client.mint(login, open.uri("/x")).statusCode()).isEqualTo(404);
    assertThat(post(open, DrmToday.PROCESS + "?ticket=" + ticket).statusCode()).isEqualTo(401);
  }

  @Test
  void call_expiredTicket_is401() {
    String ticket = account.ticket(DrmToday.PROCESS);
    clock.pass(Duration.ofSeconds(59));
    assertThat(post(guarded, DrmToday.PROCESS + "?ticket=" + ticket).statusCode()).isEqualTo(200);
    clock.pass(Duration.ofSeconds(1));
    assertThat(post(guarded, DrmToday.PROCESS + "?ticket=" + ticket).statusCode()).isEqualTo(401);
  }

  @Test
  void call_ticketForAnotherUrl_is401() {
    URI login = client.login();
    for (String other :
        List.of(
            open.uri(DrmToday.PROCESS + "/").toString(),
            open.uri("/frontend/cpix/v1/acme/ingest/other").toString(),
            open.uri(DrmToday.PROCESS).toString().replace("http:", "https:"),
            open.uri(DrmToday.PROCESS).toString().replace("127.0.0.1", "localhost"))) {
      String ticket = client.mint(login, URI.create(other)).body();
      assertThat(post(open, DrmToday.PROCESS + "?ticket=" + ticket).statusCode())
          .as(other)
          .isEqualTo(401);
    }
    String ticket = client.mint(login, open.uri(DrmToday.PROCESS)).body();
    assertThat(post(open, DrmToday.PROCESS + "?x=1&ticket=" + ticket).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?ticket=", "?ticket=ST-none", "?ticket=T&ticket=T"})
  void call_noGoodTicket_is401AsTextOnEveryRoute(String query) {
    for (String path : List.of(DrmToday.PROCESS, DrmToday.PROCESS + "/movie", DrmToday.INGEST)) {
      String shown = query.replace("T&", client.ticket(path) + "&");
      HttpResponse<String> answer =
          path.endsWith("movie") ? open.get(path + shown) : post(open, path + shown);
      assertThat(answer.statusCode()).as(path + shown).isEqualTo(401);
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
      assertThat(answer.headers().firstValue("WWW-Authenticate"))
          .hasValue("Ticket realm=\"keymux\"");
      assertThat(answer.body()).hasSizeLessThan(100).doesNotContain("ST-");
    }
  }

  /** What Java's own client would not send. */
  @ParameterizedTest
  @ValueSource(strings = {"ticket=%zz", "%zz=1", "ticket=%", "&&=&"})
  void call_malformedQuery_is401(String query) throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), open.server.uri().getPort())) {
      String request =
          "GET %s/movie?%s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
              .formatted(DrmToday.PROCESS, query);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void call_ticketInHeader_isTakenOnce() {
    String ticket = client.ticket(DrmToday.PROCESS);
    String document = DrmToday.document("movie", "2.3");
    assertThat(
            open.post(
                    DrmToday.PROCESS,
                    "application/xml",
                    document,
                    "Authorization",
                    "Ticket " + ticket)
                .statusCode())
        .isEqualTo(200);
    assertThat(post(open, DrmToday.PROCESS + "?ticket=" + ticket).statusCode()).isEqualTo(401);
  }

  @Test
  void call_twentyAtOnceWithOneTicket_onePasses() throws InterruptedException, ExecutionException {
    String path = DrmToday.PROCESS + "?ticket=" + client.ticket(DrmToday.PROCESS);
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try {
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(() -> post(open, path).statusCode());
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> status : threads.invokeAll(calls)) {
        statuses.add(status.get());
      }
      assertThat(statuses).containsOnly(200, 401).containsOnlyOnce(200).hasSize(20);
    } finally {
      threads.shutdownNow();
    }
  }

  private static HttpResponse<String> post(TestService service, String path) {
    return service.post(path, "application/xml", DrmToday.document("movie", "2.3"));
  }

  private static String ticketOf(URI login) {
    String path = login.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
