package io.keymux.api.canary;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs that fail, with every fault that repeats a secret, leave none anywhere. */
class CanaryFaultsTest {
  private static CanaryService service;

  @BeforeAll
  static void start() {
    service = new CanaryService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @TestFactory
  Stream<DynamicTest> job_faultyKeyServer_failsInSilence() {
    return Faults.all(service.secrets).stream()
        .map(fault -> DynamicTest.dynamicTest(fault.name(), () -> failsInSilence(fault)));
  }

  private static void failsInSilence(Faults.Case fault) {
    service.keyServers.fails(Faults.answers(fault));
    JsonNode tested =
        CanaryService.json(
            service.post("/v1/keys:test", "{" + protection(fault.keyServer()) + "}"));
    JsonNode job = service.run(spec(fault.keyServer(), ""));
    service.keyServers.fails(Map.of());

    assertThat(tested.path("code").asText()).as(tested.toString()).isEqualTo(fault.code());
    assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("failed");
    assertThat(job.path("problem").path("code").asText())
        .as(job.toString())
        .isEqualTo(fault.code());
    service.assertNothingLeaked();
  }

  @Test
  void job_outputBlockedAfterTheKeysCame_failsInSilence() {
    Path blocked = service.root.resolve("blocked");
    JsonNode job =
        afterTheKeysCame(
            () -> Files.writeString(blocked, "in the way"),
            spec("path", ",\"output\":{\"url\":\"" + blocked.toUri() + "\"}"));

    assertThat(job.path("problem").path("code").asText())
        .as(job.toString())
        .isEqualTo("output-not-writable");
    service.assertNothingLeaked();
  }

  @Test
  void job_inputDamagedAfterTheKeysCame_failsInSilence() throws IOException {
    Path input = service.root.resolve("input.mp4");
    Files.copy(CanaryService.LADDER.resolve("audio-stereo.mp4"), input);
    JsonNode job =
        afterTheKeysCame(
            () -> Files.write(input, new byte[1000]),
            "{\"input\":{\"url\":\"%s\"},\"protection\":{%s}}"
                .formatted(input.toUri(), protection("path")));

    assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("failed");
    assertThat(job.path("problem").path("code").asText()).isEqualTo("input-truncated");
    service.assertNothingLeaked();
  }

  /** Something happens between the question for the keys and their use. */
  private static JsonNode afterTheKeysCame(Event event, String spec) {
    Documents documents = Documents.of(service.secrets);
    service.keyServers.fails(
        Map.of(
            "/path",
            request -> {
              try {
                event.happen();
              } catch (IOException e) {
                throw new AssertionError("the test cannot write", e);
              }
              return aResponse().withBody(documents.replaced(request.getBodyAsString()));
            }));
    try {
      return service.run(spec);
    } finally {
      service.keyServers.fails(Map.of());
    }
  }

  @FunctionalInterface
  private interface Event {
    void happen() throws IOException;
  }

  /** Secrets in requests that are wrong: what is refused is not repeated. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"protection\":{\"keyServer\":\"127.0.0.1/keys?ticket=TICKET\"}}",
        "{\"protection\":{\"keyServer\":\"acme:PASSWORD@127.0.0.1\"}}",
        "{\"protection\":{\"keyServer\":\"TICKET\"}}",
        "{\"protection\":{\"keyServer\":\"http://acme:PASSWORD@[/\"}}",
        "{\"protection\":{\"keyServer\":\"ftp://acme:PASSWORD@127.0.0.1/\"}}",
        "{\"protection\":{\"keyServer\":\"http://PASSWORD@127.0.0.1/\"}}",
        "{\"protection\":{\"keyServer\":\"http://127.0.0.1/{x}?ticket=TICKET\"}}",
        "{\"protection\":{\"keyServer\":\"http://127.0.0.1/?ticket=TICKET\",\"keyServerType\":\"x\"}}",
        "{\"protection\":{\"keyServer\":\"http://10.0.0.1/?ticket=TICKET\"}}",
        "{\"protection\":\"http://127.0.0.1/?ticket=TICKET\"}",
        "{\"protection\":{\"keyServer\":[\"http://127.0.0.1/?ticket=TICKET\"]}}",
        "{\"protection\":{\"keyServer\":\"http://127.0.0.1/?ticket=TICKET\"}",
        "{\"protection\":{\"keyServer\":\"http://127.0.0.1/?ticket=TICKET",
        "{\"packaging\":{\"segment\":{\"duration\":\"TICKET\"}}}",
        "{\"packaging\":{\"segment\":{\"duration\":TICKET}}}",
      })
  void request_wrongWithASecret_isRefusedInSilence(String body) {
    String spec =
        body.replace("TICKET", service.secrets.ticket)
            .replace("PASSWORD", service.secrets.basicPassword)
            .replaceFirst(
                "\\{",
                "{\"input\":{\"url\":\"%s\"},"
                    .formatted(CanaryService.LADDER.resolve("audio-stereo.mp4").toUri()));
    JsonNode answer = service.run(spec);
    assertThat(answer.path("code").asText() + answer.path("problem").path("code").asText())
        .as(answer.toString())
        .isNotEmpty();
    service.assertNothingLeaked();
  }

  /** A secret where a reference belongs, in an account that comes over HTTP. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"profile\":\"generic\",\"url\":\"http://127.0.0.1/\",\"auth\":{\"type\":\"bearer\",\"token\":\"SECRET\"}}",
        "{\"profile\":\"generic\",\"url\":\"http://127.0.0.1/\",\"auth\":{\"type\":\"SECRET\"}}",
        "{\"profile\":\"generic\",\"url\":\"http://127.0.0.1/\",\"auth\":\"SECRET\"}",
        "{\"profile\":\"generic\",\"url\":\"http://127.0.0.1/{x}?t=SECRET\"}",
        "{\"profile\":\"generic\",\"url\":[\"SECRET\"]}",
        "{\"profile\":\"generic\",\"url\":\"SECRET",
        "{\"profile\":\"generic\",\"url\":\"http://127.0.0.1/\",\"auth\":{\"type\":\"basic\",\"user\":\"x\",\"password\":\"${secret:misplaced}\"}}",
        "{\"profile\":\"generic\",\"url\":\"http://127.0.0.1/\",\"retry\":{\"pause\":\"SECRET\"}}",
        "{\"profile\":\"generic\",\"url\":\"http://127.0.0.1/\",\"limits\":{\"contentId\":\"SECRET(\"}}",
        "profile: generic\nurl: \"SECRET",
      })
  void account_wrongWithASecret_isRefusedInSilence(String account) {
    JsonNode refused =
        CanaryService.json(
            service.send(
                "PUT",
                "/v1/key-servers/guest",
                account.replace("SECRET", service.secrets.misplaced)));
    assertThat(refused.path("code").asText()).as(refused.toString()).isNotEmpty();
    service.assertNothingLeaked();
  }

  @Test
  void evidence_ofFaults_isComplete() {
    assertThat(Faults.all(service.secrets)).hasSizeGreaterThan(35);
    assertThat(List.copyOf(service.secrets.canaries.names())).hasSizeGreaterThan(14);
  }

  private static String spec(String keyServer, String more) {
    return "{\"inputs\":[{\"url\":\"%s\"},{\"url\":\"%s\"}],\"protection\":{%s}%s}"
        .formatted(
            CanaryService.LADDER.resolve("video-360p.mp4").toUri(),
            CanaryService.LADDER.resolve("audio-stereo.mp4").toUri(),
            protection(keyServer),
            more);
  }

  private static String protection(String keyServer) {
    return switch (keyServer) {
          case "speke" -> "\"keyServer\":\"%s/speke\"".formatted(service.keyServers.urlWithUser());
          case "get" ->
              "\"keyServer\":\"%s/get/{contentId}?token=%s\",\"keyServerType\":\"cpix-get\""
                  .formatted(service.keyServers.url(), service.secrets.queryToken);
          default -> "\"keyServer\":\"%s\"".formatted(keyServer);
        }
        + ",\"systems\":[\"widevine\"],\"scheme\":\"cenc\",\"keys\":\"per-type\",\"contentId\":\"canary\"";
  }
}
