package io.keymux.api.canary;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.keymux.api.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Key servers of all kinds at one address. Each gives keys only to whoever shows its canary, so a
 * job that succeeds has proved that the canary went over the wire.
 */
final class KeyServerDouble implements AutoCloseable {
  private static final String CAS = "/cas/v1/tickets";

  private final Secrets secrets;
  private final Documents documents;
  private final WireMockServer wireMock;
  private volatile Function<String, String> speke = request -> "";
  private volatile Map<String, Function<Request, ResponseDefinitionBuilder>> faults = Map.of();

  KeyServerDouble(Secrets secrets) {
    this.secrets = secrets;
    this.documents = Documents.of(secrets);
    this.wireMock =
        new WireMockServer(
            wireMockConfig()
                .dynamicPort()
                .bindAddress("127.0.0.1")
                .disableRequestJournal()
                .extensions(new Behaviour()));
    wireMock.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers("keys")));
    wireMock.start();
  }

  String url() {
    return "http://127.0.0.1:" + wireMock.port();
  }

  /** The same with a user and a password. */
  String urlWithUser() {
    return url().replace("//", "//" + secrets.basicUser + ":" + secrets.basicPassword + "@");
  }

  /** How SPEKE requests are answered, but for the keys. */
  void answersSpeke(Function<String, String> other) {
    speke = other;
  }

  /** Lets the paths that begin so answer otherwise; all others answer well. */
  void fails(Map<String, Function<Request, ResponseDefinitionBuilder>> answers) {
    faults = answers;
  }

  @Override
  public void close() {
    wireMock.stop();
  }

  private ResponseDefinitionBuilder answer(Request request) {
    URI url = URI.create(request.getUrl());
    for (Map.Entry<String, Function<Request, ResponseDefinitionBuilder>> fault :
        faults.entrySet()) {
      if (url.getPath().startsWith(fault.getKey())) {
        return fault.getValue().apply(request);
      }
    }
    String part = url.getPath().split("/", -1)[1];
    String query = String.valueOf(url.getQuery());
    return switch (part) {
      case "cas" -> cas(request, url.getPath());
      case "process" -> proved(query.equals("ticket=" + secrets.ticket), () -> replaced(request));
      case "ingest" -> proved(query.equals("ticket=" + secrets.ticket), () -> ingested(request));
      case "path" ->
          proved(url.getPath().equals("/path/" + secrets.pathToken), () -> replaced(request));
      case "oauth" ->
          proved(authorization(request, "Bearer " + secrets.accessToken), () -> replaced(request));
      case "token" -> proved(basic(request, "acme", encoded()), this::token);
      case "header" ->
          proved(
              secrets.apiKey.equals(request.getHeader("API-KEY")),
              () -> documents.of(url.getPath().substring("/header/".length())));
      case "get" ->
          proved(
              query.equals("token=" + secrets.queryToken),
              () -> documents.of(url.getPath().substring("/get/".length())));
      case "speke" ->
          proved(
                  basic(request, secrets.basicUser, secrets.basicPassword),
                  () -> documents.withCanaries(speke.apply(request.getBodyAsString())))
              .withHeader("X-Speke-Version", "2.0");
      case "widevine" -> proved(json(request).has("signature"), this::widevine);
      case "skm" ->
          proved(
              authorization(request, "Bearer " + secrets.apiKey) && json(request).has("ek"),
              request::getBodyAsString);
      case "clear-skm" -> proved(true, request::getBodyAsString);
      default -> aResponse().withStatus(404);
    };
  }

  private static ResponseDefinitionBuilder proved(boolean proof, Supplier<String> answer) {
    return proof ? aResponse().withBody(answer.get()) : aResponse().withStatus(401);
  }

  private String replaced(Request request) {
    return documents.replaced(request.getBodyAsString());
  }

  private ResponseDefinitionBuilder cas(Request request, String path) {
    if (request.getMethod().equals(RequestMethod.DELETE)) {
      return aResponse();
    }
    Map<String, String> form =
        Stream.of(request.getBodyAsString().split("&", -1))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
    if (path.equals(CAS)) {
      return secrets.password.equals(form.get("password"))
          ? aResponse().withStatus(201).withHeader("Location", url() + CAS + "/" + secrets.login)
          : aResponse().withStatus(401);
    }
    return proved(path.equals(CAS + "/" + secrets.login), () -> secrets.ticket);
  }

  private String encoded() {
    return URLEncoder.encode(secrets.clientSecret, UTF_8);
  }

  private String token() {
    return "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
        .formatted(secrets.accessToken);
  }

  private static String ingested(Request request) {
    return "{\"assets\":[{\"assetId\":%s}]}"
        .formatted(json(request).path("assets").path(0).path("assetId"));
  }

  private String widevine() {
    String tracks =
        ("{\"status\":\"OK\",\"tracks\":[{\"type\":\"SD\",\"key_id\":\"AAECAwQFRgeICQoLDA0OAQ==\",\"key\":\"%s\"},"
                + "{\"type\":\"AUDIO\",\"key_id\":\"AAECAwQFRgeICQoLDA0OAg==\",\"key\":\"%s\"}]}")
            .formatted(secrets.video64(), secrets.audio64());
    return enveloped(tracks);
  }

  static String enveloped(String inner) {
    return "{\"response\":\"%s\"}"
        .formatted(Base64.getEncoder().encodeToString(inner.getBytes(UTF_8)));
  }

  private static boolean basic(Request request, String user, String password) {
    String pair = user + ":" + password;
    return authorization(
        request, "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
  }

  private static boolean authorization(Request request, String expected) {
    return expected.equals(request.getHeader("Authorization"));
  }

  static JsonNode json(Request request) {
    try {
      return Json.mapper().readTree(request.getBody());
    } catch (IOException e) {
      throw new AssertionError("not JSON", e);
    }
  }

  private final class Behaviour implements ResponseDefinitionTransformerV2 {
    @Override
    public ResponseDefinition transform(ServeEvent event) {
      return answer(event.getRequest()).build();
    }

    @Override
    public String getName() {
      return "keys";
    }

    @Override
    public boolean applyGlobally() {
      return false;
    }
  }
}
