package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that get a problem: which status, which code, which pointer. */
class BadRequestTest {
  @RegisterExtension static final TestService service = new TestService();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                   | 400 | invalid-request          | ``",
        "null                                | 400 | invalid-request          | ``",
        "[]                                  | 400 | invalid-request          | ``",
        "{\"inptu\":1}                       | 400 | invalid-request          | /inptu",
        "{\"input\":{\"url\":1}}             | 400 | invalid-request          | /input/url",
        "{\"input\":IN,\"input\":IN}         | 400 | invalid-request          | ``",
        "{\"input\":IN} x                    | 400 | invalid-request          | ``",
        "{\"packaging\":{\"segment\":{\"x\":1}}} | 400 | invalid-request | /packaging/segment/x",
        "{}                                  | 422 | invalid-input            | /input",
        "{\"inputs\":[]}                     | 422 | no-input                 | /inputs",
        "{\"input\":{}}                      | 422 | missing-field            | /input/url",
        "{\"input\":{\"url\":\"http://x/y\"}} | 422 | storage-not-configured | /input/url",
        "{\"input\":{\"url\":\"ftp://x/y\"}}  | 422 | url-not-supported       | /input/url",
        "{\"input\":{\"url\":\"file:///etc/passwd\"}} | 422 | path-not-allowed | /input/url",
        "{\"input\":IN,\"startAt\":\"+300000-01-01T00:00:00Z\"} | 422 | invalid-value | /startAt",
        "{\"input\":IN,\"verify\":\"some\"}  | 422 | invalid-value            | /verify",
        "{\"input\":IN,\"output\":{\"url\":\"file:///etc/x\"}} | 422 | path-not-allowed | /output/url",
        "{\"input\":IN,\"protection\":{\"systems\":[\"nds\"]}} | 422 | unknown-drm-system | /protection/systems/0",
        "{\"input\":IN,\"protection\":{\"systems\":[\"fairplay\"],\"scheme\":\"cenc\"}} | 422 | scheme-not-supported | /protection/scheme",
        "{\"input\":IN,\"protection\":{\"contentId\":\"a b\"}} | 422 | invalid-content-id | /protection/contentId",
        "{\"input\":IN,\"protection\":{\"keyServer\":\"ftp://u:secret@x\"}} | 422 | invalid-key-server | /protection/keyServer",
        "{\"input\":IN,\"protection\":{\"keyServer\":\"nobody\"}} | 422 | unknown-key-server | /protection/keyServer",
        "{\"input\":IN,\"protection\":{\"keyServer\":\"https://x.example/\",\"keyServerType\":\"speke\"}} | 422 | unknown-key-server-type | /protection/keyServer",
        "{\"input\":IN,\"protection\":{\"keyServer\":\"https://x.example/{a}\"}} | 422 | invalid-key-server-profile | /protection/keyServer",
        "{\"input\":IN,\"packaging\":{\"segment\":{\"duration\":0.1}}} | 422 | invalid-segment-duration | /packaging/segment/duration",
        "{\"packaging\":{\"encryptInit\":\"maybe\"}} | 400 | invalid-request | /packaging/encryptInit",
        "{\"input\":IN,\"packaging\":{\"encryptInit\":true}} | 422 | encrypt-init-unsupported | /packaging/encryptInit",
        "{\"input\":IN,\"packaging\":{\"formats\":[\"smooth\"]}} | 422 | invalid-value | /packaging/formats/0",
        "{\"input\":IN,\"packaging\":{\"engine\":\"gpac\"}} | 422 | invalid-value | /packaging/engine",
        "{\"input\":IN,\"packaging\":{\"engine\":\"bento4\"}} | 422 | keys-on-argv-not-allowed | /packaging/engine",
      })
  void submit_wrongBody_isProblemWithPointer(String body, int status, String code, String pointer) {
    String sent = body.replace("IN", TestService.input("audio-stereo.mp4"));
    HttpResponse<String> response = service.postJson("/v1/jobs", sent);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = TestService.json(response);
    assertThat(problem.path("code").asText()).isEqualTo(code);
    assertThat(problem.path("errors").path(0).path("pointer").asText()).isEqualTo(pointer);
    assertThat(problem.path("requestId").asText())
        .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
    assertThat(response.body()).doesNotContain("secret").doesNotContain("io.keymux");
  }

  @Test
  void submit_severalFaults_areAllTold() {
    JsonNode problem =
        TestService.json(
            service.postJson(
                "/v1/jobs", "{\"input\":{},\"verify\":\"x\",\"protection\":{\"keys\":\"y\"}}"));
    assertThat(problem.path("errors").findValuesAsText("pointer"))
        .containsExactly("/input/url", "/protection/keys", "/verify");
  }

  @Test
  void submit_keyServerUrl_isShownByHostAlone() {
    String body =
        """
        {"input":%s,"protection":{"keyServer":"https://user:secret@127.0.0.1:1/token"}}
        """
            .formatted(TestService.input("audio-stereo.mp4"));
    HttpResponse<String> response = service.postJson("/v1/jobs", body);
    String id = TestService.json(response).path("id").asText();
    assertThat(response.body()).contains("https://127.0.0.1/").doesNotContain("secret");
    service.postJson("/v1/jobs/" + id + "/cancel", "");
    assertThat(service.get("/v1/jobs/" + id + "/events").body())
        .doesNotContain("secret")
        .doesNotContain("token");
  }

  @Test
  void submit_textPlain_is415() {
    assertThat(service.post("/v1/jobs", "text/plain", "{}").statusCode()).isEqualTo(415);
  }

  @Test
  void submit_tooLarge_is413WithAndWithoutLength() {
    String large = " ".repeat(RequestBody.LIMIT_BYTES + 1);
    assertThat(service.postJson("/v1/jobs", large).statusCode()).isEqualTo(413);
    HttpResponse<String> chunked =
        service.send(
            service
                .request("/v1/jobs")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () ->
                            new ByteArrayInputStream(large.getBytes(StandardCharsets.US_ASCII)))));
    assertThat(chunked.statusCode()).isEqualTo(413);
  }

  @Test
  void unknownPathAndMethod_are404And405() {
    assertThat(service.get("/v1/nothing").statusCode()).isEqualTo(404);
    HttpResponse<String> wrong = service.send(service.request("/v1/plan"));
    assertThat(wrong.statusCode()).isEqualTo(405);
    assertThat(TestService.json(wrong).path("code").asText()).isEqualTo("method-not-allowed");
    assertThat(TestService.json(service.get("/v1/jobs/none")).path("code").asText())
        .isEqualTo("not-found");
  }

  @ParameterizedTest
  @CsvSource({"/v1/jobs?limit=0", "/v1/jobs?limit=x", "/v1/jobs?state=odd", "/v1/jobs?cursor=%00"})
  void list_wrongParameter_is400(String path) {
    assertThat(service.get(path).statusCode()).isEqualTo(400);
  }

  @Test
  void hostOfOtherMachine_is421() throws IOException {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), service.server.uri().getPort())) {
      PrintStream out = new PrintStream(socket.getOutputStream(), true, StandardCharsets.US_ASCII);
      out.print("GET /v1/jobs HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
      out.flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(answer).startsWith("HTTP/1.1 421").contains("misdirected-request");
    }
  }

  @Test
  void inputThatIsNoMp4_failsTheJobWithAProblem() {
    JsonNode job =
        service.run(
            "{\"input\":{\"url\":\"" + TestService.LADDER.resolve("SOURCES.md").toUri() + "\"}}");
    assertThat(job.path("state").asText()).isEqualTo("failed");
    assertThat(job.path("problem").path("status").asInt()).isEqualTo(422);
    assertThat(job.path("problem").path("code").asText()).isNotEqualTo("internal");
  }

  @Test
  void cpixInspect_documentWithKey_tellsAllButTheKey() {
    String document =
        """
        <cpix:CPIX xmlns:cpix="urn:dashif:org:cpix" xmlns:pskc="urn:ietf:params:xml:ns:keyprov:pskc"
         contentId="m" version="2.3"><cpix:ContentKeyList><cpix:ContentKey
         kid="0f083e4e-b831-4a3d-917e-ce78076e54aa" commonEncryptionScheme="cbcs"><cpix:Data>
         <pskc:Secret><pskc:PlainValue>AAECAwQFBgcICQoLDA0ODw==</pskc:PlainValue></pskc:Secret>
         </cpix:Data></cpix:ContentKey></cpix:ContentKeyList></cpix:CPIX>
        """;
    HttpResponse<String> response = service.post("/v1/cpix/inspect", "application/xml", document);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    JsonNode key = TestService.json(response).path("keys").path(0);
    assertThat(key.path("keyId").asText()).isEqualTo("0f083e4e-b831-4a3d-917e-ce78076e54aa");
    assertThat(key.path("hasValue").asBoolean()).isTrue();
    assertThat(response.body()).doesNotContain("AAECAwQF");
  }
}
