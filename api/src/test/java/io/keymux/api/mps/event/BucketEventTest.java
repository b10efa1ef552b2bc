package io.keymux.api.mps.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.config.BucketEventSettings;
import io.keymux.api.json.Json;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What S3 says of objects, and what becomes of it. */
class BucketEventTest {
  private static String message(String name, String key, String version) {
    return "{\"Records\":[{\"eventName\":\"%s\",\"awsRegion\":\"eu-west-3\",\"s3\":{\"bucket\":{\"name\":\"films\"},\"object\":{\"key\":\"%s\",\"versionId\":\"%s\",\"sequencer\":\"1\",\"eTag\":\"e\"}}}]}"
        .formatted(name, key, version);
  }

  private static BucketEvent one(String message) {
    List<BucketEvent> events = Objects.requireNonNull(BucketEvent.read(message));
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json",
        "{}",
        "[]",
        "{\"Records\":{}}",
        "{\"Records\":[1]}",
        "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\"}]}",
        "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"%zz\"}}}]}",
      })
  void read_noEvent_isNull(String message) {
    assertThat(BucketEvent.read(message)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ObjectCreated:Put", "s3:ObjectCreated:Copy"})
  void read_createdObject_isDecoded(String name) {
    BucketEvent event = one(message(name, "in/a+film%2B%C3%BC.mp4", "v1"));

    assertThat(event.key()).isEqualTo("in/a film+ü.mp4");
    assertThat(event.bucket()).isEqualTo("films");
  }

  @Test
  void read_otherEventsAndTests_areNoObjects() {
    assertThat(BucketEvent.read(message("ObjectRemoved:Delete", "a", ""))).isEmpty();
    assertThat(BucketEvent.read("{\"Event\":\"s3:TestEvent\"}")).isEmpty();
  }

  @Test
  void sessionId_isOfTheVersion() {
    String first = one(message("ObjectCreated:Put", "a.mp4", "v1")).sessionId("r/q");

    assertThat(first).matches("s3-[0-9a-f]{40}");
    assertThat(one(message("ObjectCreated:Put", "a.mp4", "v1")).sessionId("r/other"))
        .isNotEqualTo(first);
    assertThat(one(message("ObjectCreated:Copy", "a.mp4", "v1")).sessionId("r/q")).isEqualTo(first);
    assertThat(one(message("ObjectCreated:Put", "a.mp4", "v2")).sessionId("r/q"))
        .isNotEqualTo(first);
    assertThat(one(message("ObjectCreated:Put", "b.mp4", "v1")).sessionId("r/q"))
        .isNotEqualTo(first);
  }

  @Test
  void request_templateAndSecrets_areFilledIn() throws IOException {
    ObjectNode template =
        (ObjectNode)
            Json.mapper()
                .readTree(
                    "{\"OutputDir\":\"/o/\",\"A\":[{\"B\":{\"C\":\"${env:X}\",\"D\":\"{assetId}\"}}]}");
    BucketEventSettings settings =
        new BucketEventSettings(
            "q",
            "eu-west-1",
            "AKIA1",
            SecretBytes.copyOf("S3-SECRET".getBytes(UTF_8)),
            "acme",
            null,
            null,
            template,
            Map.of("/A/0/B/C", SecretBytes.copyOf("URL".getBytes(UTF_8))));

    ObjectNode request =
        EventRequest.of(one(message("ObjectCreated:Put", "in/a+film.mp4", "v")), settings);

    assertThat(request.at("/A/0/B/C").asText()).isEqualTo("URL");
    assertThat(request.at("/A/0/B/D").asText()).isEqualTo("in_a_film");
    assertThat(request.at("/InputInfo/S3InputInfo/S3Object").asText()).isEqualTo("/in/a film.mp4");
    assertThat(request.at("/InputInfo/S3InputInfo/S3Region").asText()).isEqualTo("eu-west-3");
    assertThat(request.at("/InputInfo/S3InputInfo/S3SecretKey").asText()).isEqualTo("S3-SECRET");
    assertThat(settings.toString()).doesNotContain("S3-SECRET");
  }
}
