package io.keymux.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.access.Scope;
import io.keymux.api.audit.AuditVerifier;
import io.keymux.api.json.Json;
import io.keymux.cpix.KeyId;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Row 25 of the threat table: what is done over HTTP and by jobs is in the audit log. */
class AuditHttpTest {
  private static final TestCredentials CREDENTIALS = new TestCredentials();
  private static final String OWNER = CREDENTIALS.all("acme");
  private static final String WEAK = CREDENTIALS.allBut("acme", Scope.KEYS_READ);

  @RegisterExtension static final TestService service = new TestService(CREDENTIALS.settings());

  private static String id = "";
  private static String kid = "";

  @BeforeAll
  static void run() {
    JsonNode job =
        TestService.json(
            service.postJson(
                "/v1/jobs",
                "{\"input\":%s,\"protection\":{\"contentId\":\"film\",\"systems\":[\"clearkey\"]}}"
                    .formatted(TestService.input("audio-stereo.mp4")),
                "Authorization",
                OWNER));
    id = job.path("id").asText();
    service.get("/v1/jobs/" + id + "?wait=60", "Authorization", OWNER);
    kid =
        TestService.json(service.get("/v1/jobs/" + id + "/outputs", "Authorization", OWNER))
            .findValue("keyId")
            .asText();
  }

  private static List<JsonNode> entries() throws IOException {
    List<JsonNode> entries = new ArrayList<>();
    Path file = service.folder.resolve("data/audit/0/audit-000000000001.jsonl");
    for (String line : Files.readAllLines(file)) {
      entries.add(json(line));
    }
    return entries;
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(UTF_8), JsonNode.class);
  }

  /** Some are written after the answer. */
  private static JsonNode entry(Predicate<JsonNode> wanted) throws Exception {
    for (int i = 0; i < 500; i++) {
      for (JsonNode entry : entries()) {
        if (wanted.test(entry)) {
          return entry;
        }
      }
      Thread.sleep(10);
    }
    throw new AssertionError("there is no such entry in " + entries());
  }

  private static boolean is(JsonNode entry, String action) {
    return entry.path("action").asText().equals(action);
  }

  @Test
  void job_thatGotKeys_saysWhichAndForWhom() throws Exception {
    for (String action : List.of("keys-asked", "keys-received")) {
      JsonNode entry = entry(each -> is(each, action));
      assertThat(entry.path("tenant").asText()).isEqualTo("acme");
      assertThat(entry.path("job").asText()).isEqualTo(id);
      assertThat(entry.path("object").asText()).isEqualTo("film");
      if (action.equals("keys-received")) {
        assertThat(entry.path("kids").path(0).asText()).isEqualTo(kid);
      }
    }
  }

  @Test
  void player_thatGetsAKey_isNamedWithItsRequest() throws Exception {
    assertThat(
            service
                .get("/keys/film/" + kid, "Authorization", OWNER, "X-Request-Id", "raw-1")
                .statusCode())
        .isEqualTo(200);
    JsonNode entry = entry(each -> each.path("request").asText().equals("raw-1"));
    assertThat(entry.path("action").asText()).isEqualTo("keys-given");
    assertThat(entry.path("who").asText()).isNotEmpty();
    assertThat(entry.path("tenant").asText()).isEqualTo("acme");
    assertThat(entry.path("address").asText()).isEqualTo("127.0.0.1");
    assertThat(entry.path("kids").path(0).asText()).isEqualTo(kid);
  }

  @Test
  void licence_ofSeveralKids_namesThoseThatWereGiven() throws Exception {
    String given =
        Base64.getUrlEncoder().withoutPadding().encodeToString(KeyId.parse(kid).toBytes());
    String absent = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[16]);
    String licence =
        service
            .postJson(
                "/clearkey",
                "{\"kids\":[\"" + given + "\",\"" + absent + "\"]}",
                "Authorization",
                OWNER,
                "X-Request-Id",
                "licence-1")
            .body();
    JsonNode entry =
        entry(each -> is(each, "keys-given") && each.path("request").asText().equals("licence-1"));
    assertThat(entry.path("kids")).hasSize(1);
    String key = json(licence).path("keys").path(0).path("k").asText();
    assertThat(key).hasSize(22);
    assertThat(Files.readString(service.folder.resolve("data/audit/0/audit-000000000001.jsonl")))
        .doesNotContain(key);
  }

  @Test
  void refused_forItsScopeOrCredential_isNoted() throws Exception {
    service.get("/keys/film/" + kid, "Authorization", WEAK, "X-Request-Id", "weak-1");
    service.get("/v1/jobs", "Authorization", "Bearer kmx_wrong", "X-Request-Id", "wrong-1");
    JsonNode weak = entry(each -> each.path("request").asText().equals("weak-1"));
    assertThat(weak.path("action").asText()).isEqualTo("refused");
    assertThat(weak.path("status").asInt()).isEqualTo(403);
    JsonNode wrong = entry(each -> each.path("request").asText().equals("wrong-1"));
    assertThat(wrong.path("status").asInt()).isEqualTo(401);
    assertThat(wrong.path("tenant").isMissingNode()).isTrue();
  }

  @Test
  void change_isNotedWithItsOutcome() throws Exception {
    service.send(
        service
            .request("/v1/jobs/" + id)
            .headers("Authorization", OWNER, "X-Request-Id", "cancel-1")
            .PUT(HttpRequest.BodyPublishers.noBody()));
    JsonNode entry = entry(each -> each.path("request").asText().equals("cancel-1"));
    assertThat(entry.path("action").asText()).isEqualTo("PUT");
    assertThat(entry.path("object").asText()).isEqualTo("/v1/jobs/" + id);
    assertThat(entry.path("status").asInt()).isEqualTo(405);
  }

  @Test
  void log_isWhole() {
    assertThat(AuditVerifier.verify(service.folder.resolve("data"), null).faults()).isEmpty();
  }
}
