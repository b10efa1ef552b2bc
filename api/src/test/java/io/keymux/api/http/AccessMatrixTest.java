package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.keymux.api.access.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows 22 and 23 of the threat table: every operation of openapi.yaml without a credential, with a
 * wrong one, without its scope, and of another tenant.
 */
class AccessMatrixTest {
  private static final TestCredentials CREDENTIALS = new TestCredentials();
  private static final String OWNER = CREDENTIALS.all("acme");
  private static final String STRANGER = CREDENTIALS.all("other");
  private static final Map<Scope, String> ALL_BUT = new EnumMap<>(Scope.class);

  static {
    for (Scope scope : Scope.values()) {
      ALL_BUT.put(scope, CREDENTIALS.allBut("acme", scope));
    }
  }

  @RegisterExtension static final TestService service = new TestService(CREDENTIALS.settings());

  /** They show nothing that belongs to anybody, or have a proof of their own, tested elsewhere. */
  private static final Set<String> WITHOUT_SCOPE =
      Set.of(
          "casLogin",
          "casLogout",
          "casTicket",
          "clearKeyPreflight",
          "generateDocument",
          "ingestKeys",
          "health",
          "home",
          "processDocument",
          "keyPreflight",
          "mediaPreflight",
          "mps",
          "openapi",
          "player",
          "ready",
          "webFile");

  /** What belongs to the tenant acme, by the name of the path's variable. */
  private static final Map<String, String> OWNED = new HashMap<>();

  /** One operation that wants a scope. */
  record Operation(String method, String path, Scope scope) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  @BeforeAll
  static void fill() {
    JsonNode job =
        TestService.json(
            service.postJson(
                "/v1/jobs",
                "{\"input\":%s,\"protection\":{\"contentId\":\"film\",\"systems\":[\"clearkey\"]}}"
                    .formatted(TestService.input("audio-stereo.mp4")),
                "Authorization",
                OWNER));
    String id = job.path("id").asText();
    JsonNode ended =
        TestService.json(service.get("/v1/jobs/" + id + "?wait=60", "Authorization", OWNER));
    assertThat(ended.path("state").asText()).as("%s", ended).isEqualTo("succeeded");
    JsonNode report =
        TestService.json(service.get("/v1/jobs/" + id + "/outputs", "Authorization", OWNER))
            .path("report");
    JsonNode webhook =
        TestService.json(
            service.postJson(
                "/v1/webhooks",
                "{\"url\":\"https://hooks.example/\",\"enabled\":false}",
                "Authorization",
                OWNER));
    String hook = webhook.path("id").asText();
    JsonNode delivery =
        TestService.json(
            service.postJson("/v1/webhooks/" + hook + "/test", "", "Authorization", OWNER));
    assertThat(
            service
                .send(
                    service
                        .request("/v1/key-servers/studio")
                        .headers("Authorization", OWNER, "Content-Type", "application/json")
                        .PUT(
                            BodyPublishers.ofString(
                                "{\"profile\":\"generic\",\"url\":\"https://keys.example/\"}")))
                .statusCode())
        .isEqualTo(201);
    OWNED.put("/v1/jobs/{id}", id);
    OWNED.put("{jobId}", id);
    OWNED.put("{path}", "manifest.mpd");
    OWNED.put("/v1/webhooks/{id}", hook);
    OWNED.put("{deliveryId}", delivery.path("id").asText());
    OWNED.put("{name}", "studio");
    OWNED.put("{contentId}", "film");
    OWNED.put("{kid}", report.findValue("keyId").asText());
  }

  static Stream<Operation> operations() throws IOException {
    List<Operation> operations = new ArrayList<>();
    Set<String> others = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : description().path("paths").properties()) {
      for (Map.Entry<String, JsonNode> entry : path.getValue().properties()) {
        if (OpenApiRules.METHODS.contains(entry.getKey())) {
          String scope = entry.getValue().path("security").findPath("apiKey").path(0).asText();
          if (scope.isEmpty()) {
            others.add(entry.getValue().path("operationId").asText());
          } else {
            operations.add(
                new Operation(
                    entry.getKey().toUpperCase(Locale.ROOT),
                    path.getKey(),
                    Scope.ofId(scope).orElseThrow()));
          }
        }
      }
    }
    assertThat(others).isEqualTo(new TreeSet<>(WITHOUT_SCOPE));
    return operations.stream();
  }

  private static JsonNode description() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            AccessMatrixTest.class.getClassLoader().getResourceAsStream("openapi.yaml"))) {
      return new YAMLMapper().readTree(in);
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void row22_withoutARightCredential_isRefusedAlike(Operation operation) {
    HttpResponse<String> none = send(operation, absent(operation.path()), null);
    assertThat(none.statusCode()).isEqualTo(401);
    assertThat(none.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"keymux\"");
    String wrongSecret = OWNER.substring(0, OWNER.length() - 4) + "AAAA";
    String unknown = "Bearer kmx_aaaaaaaaaaaaa_" + "A".repeat(43);
    for (String wrong : List.of(wrongSecret, unknown, "Bearer x", "Basic YTpi", "Bearer ")) {
      HttpResponse<String> refused = send(operation, owned(operation.path()), wrong);
      assertThat(refused.statusCode()).as(wrong).isEqualTo(401);
      assertThat(body(refused, owned(operation.path())))
          .isEqualTo(body(none, absent(operation.path())));
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void row23_withoutTheScope_isRefusedAlike(Operation operation) {
    String credential = Objects.requireNonNull(ALL_BUT.get(operation.scope()));
    HttpResponse<String> there = send(operation, owned(operation.path()), credential);
    HttpResponse<String> absent = send(operation, absent(operation.path()), credential);
    assertThat(there.statusCode()).isEqualTo(403);
    if (!operation.method().equals("HEAD")) {
      assertThat(TestService.json(there).path("code").asText()).isEqualTo("missing-scope");
    }
    assertThat(body(there, owned(operation.path())))
        .isEqualTo(body(absent, absent(operation.path())));
  }

  @ParameterizedTest
  @MethodSource("operations")
  void row23_ofAnotherTenant_isAsIfItWereNotThere(Operation operation) {
    String foreign = owned(operation.path());
    String absent = absent(operation.path());
    HttpResponse<String> there = send(operation, foreign, STRANGER);
    HttpResponse<String> nowhere = send(operation, absent, STRANGER);
    assertThat(there.statusCode()).isNotIn(401, 403, 500).isEqualTo(nowhere.statusCode());
    // Metrics are of all tenants together, and never the same twice.
    if (!operation.path().equals("/metrics")) {
      assertThat(body(there, foreign)).isEqualTo(body(nowhere, absent));
    }
    if (!foreign.equals(absent) && !operation.method().equals("PUT")) {
      assertThat(there.statusCode()).isEqualTo(404);
    }
  }

  @Test
  void row23_listsAndKeys_areTheTenantsOwn() {
    for (String list : List.of("/v1/jobs", "/v1/webhooks", "/v1/key-servers")) {
      assertThat(TestService.json(service.get(list, "Authorization", OWNER)).path("items"))
          .as(list)
          .hasSize(1);
    }
    String key = "/keys/film/" + OWNED.get("{kid}");
    assertThat(service.get(key, "Authorization", OWNER).statusCode()).isEqualTo(200);
    assertThat(service.get(key, "Authorization", STRANGER).statusCode()).isEqualTo(404);
  }

  @Test
  void row22_expiredKey_isRefused() {
    TestCredentials credentials = new TestCredentials();
    String expired = credentials.add("a", Set.of(Scope.JOBS_READ), Instant.now().minusSeconds(1));
    String current = credentials.add("a", Set.of(Scope.JOBS_READ), Instant.now().plusSeconds(600));
    TestService other = new TestService(credentials.settings());
    try {
      assertThat(other.get("/v1/jobs", "Authorization", expired).statusCode()).isEqualTo(401);
      assertThat(other.get("/v1/jobs", "Authorization", current).statusCode()).isEqualTo(200);
    } finally {
      other.close();
    }
  }

  private static HttpResponse<String> send(
      Operation operation, String path, @Nullable String credential) {
    HttpRequest.Builder request =
        service
            .request(path)
            .header("Content-Type", "application/json")
            .method(
                operation.method(),
                Set.of("POST", "PUT").contains(operation.method())
                    ? BodyPublishers.ofString("{}")
                    : BodyPublishers.noBody());
    return service.send(credential == null ? request : request.header("Authorization", credential));
  }

  private static String owned(String path) {
    String filled = path;
    for (Map.Entry<String, String> known : OWNED.entrySet()) {
      if (known.getKey().startsWith("{")) {
        filled = filled.replace(known.getKey(), known.getValue());
      } else if (filled.startsWith(known.getKey())) {
        filled = filled.replace("{id}", known.getValue());
      }
    }
    return filled;
  }

  private static String absent(String path) {
    return path.replace("/v1/jobs/{id}", "/v1/jobs/" + "0".repeat(28))
        .replace("{jobId}", "0".repeat(28))
        .replace("{path}", "manifest.mpd")
        .replace("/v1/webhooks/{id}", "/v1/webhooks/wh_" + "0".repeat(24))
        .replace("{deliveryId}", "999999999")
        .replace("{name}", "nothing")
        .replace("{contentId}", "nothing")
        .replace("{kid}", "00000000-0000-4000-8000-000000000000");
  }

  /** Without what must differ: the request's id and what was asked for. */
  private static String body(HttpResponse<String> response, String path) {
    String body =
        response.body().replaceAll("\"(requestId|milliseconds)\":[^,}]*", "").replace(path, "PATH");
    for (String part : path.split("/", -1)) {
      body = part.length() > 3 ? body.replace(part, "PART") : body;
    }
    return body;
  }
}
