package io.keymux.api.canary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that succeed, with every kind of key server, leave no secret anywhere. */
class CanaryTest {
  private static CanaryService service;

  @BeforeAll
  static void start() {
    service = new CanaryService();
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource({
    "process,,'widevine\",\"playready\",\"fairplay\",\"clearkey',cbcs",
    "ingest,,'widevine\",\"playready',cenc",
    "path,,'widevine\",\"clearkey',cenc",
    "oauth,,'playready\",\"fairplay',cbcs",
    "header,,'widevine\",\"playready',cenc",
    "widevine,,widevine,cenc",
    "skm,,widevine,cenc",
    "clear-skm,,widevine,cbcs",
    "USER/speke,speke-v2,widevine,cenc",
    "URL/get/{contentId}?token=QUERY,cpix-get,widevine,cenc",
    "embedded,,'widevine\",\"clearkey',cenc",
  })
  void job_anyKeyServer_succeedsInSilence(
      String keyServer, String type, String systems, String scheme) {
    Secrets secrets = service.secrets;
    String named =
        keyServer
            .replace("USER", service.keyServers.urlWithUser())
            .replace("URL", service.keyServers.url())
            .replace("QUERY", secrets.queryToken);
    String protection =
        "\"keyServer\":\"%s\",%s\"systems\":[\"%s\"],\"scheme\":\"%s\",\"keys\":\"%s\",\"contentId\":\"canary\""
            .formatted(
                named,
                type == null ? "" : "\"keyServerType\":\"" + type + "\",",
                systems,
                scheme,
                "per-type");
    JsonNode tested = CanaryService.json(service.post("/v1/keys:test", "{" + protection + "}"));
    assertThat(tested.path("keys").size()).as(tested.toString()).isEqualTo(2);

    JsonNode job =
        service.run(
            "{\"inputs\":[{\"url\":\"%s\"},{\"url\":\"%s\"}],\"protection\":{%s}}"
                .formatted(
                    CanaryService.LADDER.resolve("video-360p.mp4").toUri(),
                    CanaryService.LADDER.resolve("audio-stereo.mp4").toUri(),
                    protection));

    assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
    service.assertNothingLeaked();
  }

  @Test
  void evidence_ofAJob_isComplete() {
    service.run(
        "{\"input\":{\"url\":\"%s\"},\"protection\":{\"keyServer\":\"process\",\"systems\":[\"widevine\"]}}"
            .formatted(CanaryService.LADDER.resolve("audio-stereo.mp4").toUri()));
    service.assertNothingLeaked();

    assertThat(String.join("\n", service.evidence.places()))
        .contains("POST /v1/plan", "POST /v1/jobs", "/events", "/outputs", "GET /v1/key-servers")
        .contains("manifest.mpd", "master.m3u8", "keymux-report.json", ".mp4")
        .contains("command lines", "the log", "standard output and error");
    assertThat(service.traced()).isTrue();
  }
}
