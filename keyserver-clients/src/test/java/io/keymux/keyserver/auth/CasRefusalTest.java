package io.keymux.keyserver.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.keyserver.http.KeyServerCall;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a CAS server may say instead of what it should. */
class CasRefusalTest {
  private static final String PASSWORD = "s3cret-passw0rd";
  private static final String LOGIN = "https://auth.example/cas/v1/tickets/TGT-canary";
  private static final KeyServerCall CALL =
      KeyServerCall.get(URI.create("https://keys.example/cpix?x=1"));

  private final CallAuthorizer tickets =
      CasTickets.of(
          URI.create("https://auth.example/cas/v1/tickets"),
          "org::name",
          Secrets.of(PASSWORD),
          TicketPolicy.singleUse(),
          CasTickets.Placement.QUERY);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://auth.example/cas/v1/tickets/TGT-canary",
        "https://AUTH.example:443/cas/v1/tickets/TGT-canary",
        "/cas/v1/tickets/TGT-canary",
        "//auth.example/cas/v1/tickets/TGT-canary",
        "tickets/TGT-canary"
      })
  void authorize_locationOfTheSameServer_isUsed(String location) throws Exception {
    ScriptedSender sender = login(location).then(200, "ST-1");

    assertThat(tickets.authorize(CALL, sender).uri())
        .hasToString("https://keys.example/cpix?x=1&ticket=ST-1");
    assertThat(sender.calls.get(1).uri().getPath()).isEqualTo("/cas/v1/tickets/TGT-canary");
    assertThat(sender.body(1)).isEqualTo("service=https%3A%2F%2Fkeys.example%2Fcpix");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "http://auth.example/cas/v1/tickets/TGT-canary",
        "https://auth.example:8443/cas/v1/tickets/TGT-canary",
        "https://evil.example/cas/v1/tickets/TGT-canary",
        "//evil.example/TGT-canary",
        "https://auth.example@evil.example/TGT-canary",
        "https://u:p@auth.example/TGT-canary",
        "https://auth.example.evil.example/TGT-canary",
        "ht tp://TGT-canary",
        "mailto:TGT-canary@auth.example",
        "https:///TGT-canary"
      })
  void authorize_locationElsewhere_isRefused(String location) {
    KeyExchangeException failure = fails(login(location), "key-response-invalid");

    assertThat(failure).hasMessageContaining("the Location of its login is not");
    assertThat(failure.retryable()).isFalse();
  }

  @Test
  void authorize_noLocation_isRefused() {
    fails(new ScriptedSender().then(201, "TGT-canary"), "key-response-invalid");
  }

  @ParameterizedTest
  @CsvSource({"200, false", "302, false", "400, false", "401, false", "415, false", "503, true"})
  void authorize_loginRefused_saysSo(int status, boolean retryable) {
    KeyExchangeException failure =
        fails(new ScriptedSender().then(status, "TGT-canary"), "key-server-login-failed");

    assertThat(failure)
        .hasMessageStartingWith("auth.example refused the login with HTTP %d.".formatted(status));
    assertThat(failure.retryable()).isEqualTo(retryable);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 410})
  void authorize_everyLoginEnded_givesUpAfterTwo(int status) {
    ScriptedSender sender =
        login(LOGIN)
            .then(status, "TGT-canary")
            .then(201, Map.of("Location", List.of(LOGIN + "2")), "")
            .then(status, "TGT-canary");

    KeyExchangeException failure = fails(sender, "key-server-login-failed");

    assertThat(failure).hasMessageContaining("refused a service ticket with HTTP " + status);
    assertThat(sender.calls).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({"403, false", "500, false", "503, true"})
  void authorize_ticketRefused_keepsTheLogin(int status, boolean retryable) throws Exception {
    ScriptedSender sender = login(LOGIN).then(status, "");

    assertThat(fails(sender, "key-server-login-failed").retryable()).isEqualTo(retryable);

    tickets.authorize(CALL, sender.then(200, "ST-2"));
    assertThat(sender.calls).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "<html>TGT-canary</html>", "ST 1", "ST-\u0001", "ST-\u00fc"})
  void authorize_noTicketInTheAnswer_isInvalid(String body) {
    fails(login(LOGIN).then(200, body), "key-response-invalid");
  }

  @Test
  void authorize_ticketOf256Characters_isTheLongest() throws Exception {
    String longest = "S".repeat(256);
    assertThat(tickets.authorize(CALL, login(LOGIN).then(200, longest)).uri().toString())
        .endsWith("&ticket=" + longest);
    fails(new ScriptedSender().then(200, longest + "S"), "key-response-invalid");
  }

  @Test
  void renew_callWithoutOurTicket_isSafe() {
    assertThat(tickets.renew(CALL, ScriptedSender.refusal(401))).isTrue();
  }

  private static ScriptedSender login(String location) {
    return new ScriptedSender().then(201, Map.of("Location", List.of(location)), "");
  }

  private KeyExchangeException fails(ScriptedSender sender, String code) {
    KeyExchangeException failure =
        catchThrowableOfType(KeyExchangeException.class, () -> tickets.authorize(CALL, sender));
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasNoCause().hasMessageContaining("auth.example");
    Secrets.assertNone(failure, PASSWORD, "TGT-canary", "evil.example");
    return failure;
  }
}
