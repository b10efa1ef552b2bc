package io.keymux.api.canary;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Request;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Answers that repeat secrets where they go wrong, and the code that each has to end with. */
final class Faults {
  static final String INVALID = "key-response-invalid";
  static final String REFUSED = "key-server-refused";
  static final String UNAUTHORIZED = "key-server-unauthorized";
  static final String LOGIN = "key-server-login-failed";
  static final String UNREACHABLE = "key-server-unreachable";

  private Faults() {}

  /**
   * @param keyServer the account that is used
   * @param path below which the server answers so
   */
  record Case(
      String name,
      String keyServer,
      String path,
      Function<Request, ResponseDefinitionBuilder> answer,
      String code) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> all(Secrets secrets) {
    return Stream.concat(
            new LoginFaults(secrets).all().stream(), new AnswerFaults(secrets).all().stream())
        .toList();
  }

  /** What the key servers say whether or not it goes wrong. */
  static String keys(Secrets secrets) {
    return "%s %s %s".formatted(secrets.video64(), secrets.videoHex(), secrets.audio64());
  }

  static Case wrong(
      String name,
      String keyServer,
      String path,
      Function<Request, ResponseDefinitionBuilder> answer,
      String code) {
    return new Case(name, keyServer, path, answer, code);
  }

  /** A status, with what was sent and a secret in the body and in a header. */
  static Case fault(
      String name,
      String keyServer,
      String path,
      int status,
      String code,
      Function<Request, Object> said) {
    return wrong(
        name,
        keyServer,
        path,
        request ->
            aResponse()
                .withStatus(status)
                .withBody(said.apply(request) + " " + request.getBodyAsString())
                .withHeader("WWW-Authenticate", "Basic realm=\"" + request.getUrl() + "\"")
                .withHeader("X-Said", request.getUrl()),
        code);
  }

  static Function<Request, ResponseDefinitionBuilder> ok(String body) {
    return any -> aResponse().withBody(body);
  }

  /** For {@link KeyServerDouble#fails}. */
  static Map<String, Function<Request, ResponseDefinitionBuilder>> answers(Case fault) {
    return Map.of(fault.path(), fault.answer());
  }
}
