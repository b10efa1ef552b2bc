package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The native API, from submission to the bytes of the output, against a real server. */
class JobsApiTest {
  @RegisterExtension static final TestService service = new TestService();
  private static JsonNode job;

  @BeforeAll
  static void runOneJob() throws IOException {
    job =
        service.run(
            """
            {"inputs":[%s,%s],
             "protection":{"systems":["widevine","fairplay","clearkey"],"keys":"preset1",
                           "contentId":"api-test"},
             "packaging":{"segment":{"duration":4}},"labels":{"title":"<b>x</b>"}}
            """
                .formatted(
                    TestService.input("video-360p.mp4"), TestService.input("audio-stereo.mp4")));
  }

  @Test
  void job_ladder_succeedsWithProgressAndLabels() {
    assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
    assertThat(job.path("progress").path("percent").asInt()).isEqualTo(100);
    assertThat(job.path("labels").path("title").asText()).isEqualTo("<b>x</b>");
    assertThat(job.path("finishedAt").asText()).isNotEmpty();
    assertThat(job.has("outputDir")).isFalse();
  }

  @Test
  void outputs_succeeded_nameManifestsAndReport() {
    JsonNode outputs = TestService.json(service.get("/v1/jobs/" + id() + "/outputs"));
    assertThat(outputs.path("dash").asText()).isEqualTo("/media/" + id() + "/manifest.mpd");
    assertThat(outputs.path("hls").asText()).isEqualTo("/media/" + id() + "/master.m3u8");
    assertThat(outputs.path("report").path("tracks")).hasSize(2);
    assertThat(outputs.path("report").path("verification").path("passed").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "manifest.mpd,application/dash+xml",
    "master.m3u8,application/vnd.apple.mpegurl",
    "keymux-report.json,application/json"
  })
  void media_file_hasItsTypeAndCors(String name, String type) {
    HttpResponse<String> response = service.get("/media/" + id() + "/" + name);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(type);
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    assertThat(response.headers().firstValue("Accept-Ranges")).hasValue("bytes");
  }

  @ParameterizedTest
  @CsvSource({"bytes=0-9,0,10", "bytes=5-,5,-1", "bytes=-7,-7,7", "bytes=10-99999999,10,-1"})
  void media_singleRange_is206WithThoseBytes(String range, int from, int length) {
    byte[] whole = mediaBytes();
    int first = from < 0 ? whole.length + from : from;
    int count = length < 0 ? whole.length - first : length;
    HttpResponse<byte[]> part =
        service.send(
            service.request(mediaPath()).header("Range", range),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.headers().firstValue("Content-Range"))
        .hasValue("bytes %d-%d/%d".formatted(first, first + count - 1, whole.length));
    assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(whole, first, first + count));
  }

  @Test
  void media_rangeBeyondEnd_is416WithSize() {
    HttpResponse<String> response = service.get(mediaPath(), "Range", "bytes=99999999-");
    assertThat(response.statusCode()).isEqualTo(416);
    assertThat(response.headers().firstValue("Content-Range"))
        .hasValue("bytes */" + mediaBytes().length);
  }

  @ParameterizedTest
  @CsvSource({"'bytes=0-1,4-5'", "bytes=9-3", "items=0-1", "bytes=-"})
  void media_rangeNotServed_isWholeFile(String range) {
    assertThat(service.get(mediaPath(), "Range", range).statusCode()).isEqualTo(200);
  }

  @Test
  void media_sameEtag_is304_otherIfRangeIsWhole() {
    String etag = service.get(mediaPath()).headers().firstValue("ETag").orElseThrow();
    assertThat(service.get(mediaPath(), "If-None-Match", etag).statusCode()).isEqualTo(304);
    assertThat(service.get(mediaPath(), "Range", "bytes=0-1", "If-Range", "\"other\"").statusCode())
        .isEqualTo(200);
  }

  @Test
  void media_head_hasLengthAndNoBody() {
    HttpResponse<String> head =
        service.send(
            service.request(mediaPath()).method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(mediaBytes().length);
    assertThat(head.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "../../seed",
    "%2e%2e/%2e%2e/seed",
    "..%2f..%2fseed",
    "nothing.mp4",
    "video-360p",
    "%00"
  })
  void media_pathOutsideOrAbsent_givesNothing(String path) {
    HttpResponse<String> response =
        service.send(
            HttpRequest.newBuilder(
                java.net.URI.create(service.server.uri() + "/media/" + id() + "/" + path)));
    assertThat(response.statusCode()).isIn(400, 404);
    assertThat(response.body().length()).isNotEqualTo(32);
  }

  @Test
  void media_linkOutOfOutput_isNotFollowed() throws IOException {
    Path output = service.folder.resolve("data/outputs").resolve(id());
    Path link = output.resolve("link.json");
    Files.createSymbolicLink(link, service.folder.resolve("data/seed"));
    try {
      assertThat(service.get("/media/" + id() + "/link.json").statusCode()).isEqualTo(404);
    } finally {
      Files.delete(link);
    }
  }

  @Test
  void events_finishedJob_areReplayedAndResumed() {
    String all = service.get("/v1/jobs/" + id() + "/events").body();
    assertThat(all).contains("id: 1\nevent: state\n").contains("\"state\":\"packaging\"");
    assertThat(all).endsWith("\n\n").contains("event: end\ndata: {\"state\":\"succeeded\"}");
    String rest = service.get("/v1/jobs/" + id() + "/events", "Last-Event-ID", "2").body();
    assertThat(rest).doesNotContain("id: 1\n").doesNotContain("id: 2\n").contains("id: 3\n");
    assertThat(all).endsWith(rest);
  }

  /** As browsers do it when a stream has ended: any other answer makes them ask again for ever. */
  @Test
  void events_finishedJobSeenToItsEnd_haveNoContent() {
    String all = service.get("/v1/jobs/" + id() + "/events").body();
    String last = all.replaceFirst("(?s).*id: (\\d+)\n.*", "$1");
    assertThat(service.get("/v1/jobs/" + id() + "/events", "Last-Event-ID", last).statusCode())
        .isEqualTo(204);
  }

  @Test
  void clearkey_issuedAndUnknownKids_onlyIssuedAreAnswered() {
    String kid = keyIds().get(0);
    String known = base64Url(kid);
    HttpResponse<String> response =
        service.postJson(
            "/clearkey",
            "{\"kids\":[\"%s\",\"AAAAAAAAAAAAAAAAAAAAAA\"],\"type\":\"temporary\"}"
                .formatted(known));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    JsonNode licence = TestService.json(response);
    assertThat(licence.path("keys")).hasSize(1);
    assertThat(licence.path("keys").path(0).path("kid").asText()).isEqualTo(known);
    assertThat(licence.path("keys").path(0).path("kty").asText()).isEqualTo("oct");
    byte[] key = Base64.getUrlDecoder().decode(licence.path("keys").path(0).path("k").asText());
    assertThat(rawKey("api-test", kid).body()).isEqualTo(key).hasSize(16);
  }

  @Test
  void rawKey_otherContentOrUnknownKid_is404() {
    assertThat(rawKey("other", keyIds().get(0)).statusCode()).isEqualTo(404);
    assertThat(rawKey("api-test", "00000000-0000-0000-0000-000000000000").statusCode())
        .isEqualTo(404);
  }

  @Test
  void responses_all_holdNoKey() throws IOException {
    StringBuilder told = new StringBuilder();
    for (String path : List.of("", "/outputs", "/events")) {
      told.append(service.get("/v1/jobs/" + id() + path).body());
    }
    told.append(service.get("/v1/jobs").body());
    told.append(service.get("/media/" + id() + "/manifest.mpd").body());
    told.append(service.get("/media/" + id() + "/master.m3u8").body());
    told.append(Files.readString(service.folder.resolve("data/issued-kids")));
    for (String kid : keyIds()) {
      byte[] key = rawKey("api-test", kid).body();
      assertThat(told.toString().toLowerCase(java.util.Locale.ROOT))
          .doesNotContain(HexFormat.of().formatHex(key));
      assertThat(told.toString())
          .doesNotContain(Base64.getEncoder().encodeToString(key).substring(0, 20))
          .doesNotContain(base64Url(key));
    }
  }

  @Test
  void list_pages_fromNewestToOldest() {
    service.postJson("/v1/jobs", simple("list-1"));
    service.postJson("/v1/jobs", simple("list-2"));
    JsonNode first = TestService.json(service.get("/v1/jobs?limit=1"));
    assertThat(first.path("items")).hasSize(1);
    String cursor = first.path("nextCursor").asText();
    JsonNode second = TestService.json(service.get("/v1/jobs?limit=1&cursor=" + cursor));
    assertThat(second.path("items").path(0).path("id").asText())
        .isLessThan(first.path("items").path(0).path("id").asText());
  }

  @Test
  void submit_sameIdempotencyKey_replaysOrConflicts() {
    String one = simple("idem");
    JsonNode first = TestService.json(service.postJson("/v1/jobs", one, "Idempotency-Key", "k1"));
    HttpResponse<String> again = service.postJson("/v1/jobs", one, "Idempotency-Key", "k1");
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(TestService.json(again).path("id")).isEqualTo(first.path("id"));
    HttpResponse<String> other =
        service.postJson("/v1/jobs", simple("other"), "Idempotency-Key", "k1");
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(TestService.json(other).path("code").asText()).isEqualTo("idempotency-conflict");
  }

  @Test
  void probeAndPlan_ladder_tellTracksAndRules() {
    JsonNode probe =
        TestService.json(service.postJson("/v1/probe", TestService.input("video-720p.mp4")));
    assertThat(probe.path("tracks").path(0).path("height").asInt()).isEqualTo(720);
    JsonNode plan = TestService.json(service.postJson("/v1/plan", simple("plan")));
    assertThat(plan.path("keysAsked").asBoolean()).isFalse();
    assertThat(plan.path("rules").path(0).path("keyId").asText()).hasSize(36);
    JsonNode track = plan.path("tracks").path(0);
    assertThat(track.path("rule").asText())
        .isEqualTo("Usage rule 1 (AUDIO) matches by AudioFilter.");
    assertThat(track.path("verdicts"))
        .singleElement()
        .hasToString(
            "{\"rule\":1,\"keyId\":\"%s\",\"intendedTrackType\":\"AUDIO\",\"result\":\"matched\","
                    .formatted(track.path("keyId").asText())
                + "\"reason\":\"Usage rule 1 (AUDIO) matches by AudioFilter.\"}");
  }

  private static String simple(String contentId) {
    return "{\"input\":%s,\"protection\":{\"contentId\":\"%s\"},\"verify\":\"none\"}"
        .formatted(TestService.input("audio-stereo.mp4"), contentId);
  }

  private static String id() {
    return job.path("id").asText();
  }

  private static List<String> keyIds() {
    JsonNode outputs = TestService.json(service.get("/v1/jobs/" + id() + "/outputs"));
    return outputs.path("report").path("tracks").findValuesAsText("keyId");
  }

  private static HttpResponse<byte[]> rawKey(String contentId, String kid) {
    return service.send(
        service.request("/keys/" + contentId + "/" + kid), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String base64Url(String kid) {
    return base64Url(HexFormat.of().parseHex(kid.replace("-", "")));
  }

  private static String base64Url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String mediaPath() {
    return "/media/" + id() + "/manifest.mpd";
  }

  private static byte[] mediaBytes() {
    return service.get(mediaPath()).body().getBytes(StandardCharsets.UTF_8);
  }
}
