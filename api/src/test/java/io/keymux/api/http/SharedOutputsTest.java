package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.storage.Buckets;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every node tells what a job made, whichever node made it, and whatever became of the files. */
class SharedOutputsTest {
  @RegisterExtension static final Buckets buckets = new Buckets();

  private SharedNodes nodes;

  @BeforeEach
  void start() throws IOException {
    nodes = new SharedNodes(buckets.settings());
    nodes.start("a");
  }

  @AfterEach
  void stop() throws IOException {
    nodes.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "s3://out-1/film"})
  void outputs_ofAnotherNodesJob_areTold(String url) throws IOException {
    JsonNode job =
        nodes.handOver("a", "b", url.isEmpty() ? "" : ",\"output\":{\"url\":\"" + url + "\"}");
    assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
    String id = job.path("id").asText();
    nodes.start("a");

    HttpResponse<String> there = nodes.get("b", "/v1/jobs/" + id + "/outputs");
    HttpResponse<String> here = nodes.get("a", "/v1/jobs/" + id + "/outputs");

    assertThat(there.statusCode()).as(there.body()).isEqualTo(200);
    assertThat(here.body()).isEqualTo(there.body());
    JsonNode outputs = TestService.json(here);
    assertThat(outputs.path("report").path("manifests")).isNotEmpty();
    String mpd = outputs.path("dash").asText();
    if (url.isEmpty()) {
      assertThat(nodes.get("b", mpd).statusCode()).as(mpd).isEqualTo(200);
      assertThat(nodes.get("b", mpd + "x").body()).contains("\"not-found\"");
    } else {
      assertThat(mpd).startsWith(url);
      assertThat(nodes.get("b", "/media/" + id + "/manifest.mpd").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void outputs_filesWereMoved_areToldAndTheFilesAreGone() throws IOException {
    Path place = nodes.folder.resolve("root/film");
    JsonNode job = nodes.handOver("a", "b", ",\"output\":{\"url\":\"" + place.toUri() + "\"}");
    assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
    Files.move(place, place.resolveSibling("elsewhere"));

    String id = job.path("id").asText();
    HttpResponse<String> outputs = nodes.get("b", "/v1/jobs/" + id + "/outputs");
    HttpResponse<String> media = nodes.get("b", "/media/" + id + "/manifest.mpd");

    assertThat(outputs.statusCode()).as(outputs.body()).isEqualTo(200);
    assertThat(media.statusCode()).isEqualTo(404);
    assertThat(TestService.json(media).path("code").asText()).isEqualTo("output-gone");
    assertThat(nodes.send("b", "DELETE", "/v1/jobs/" + id, "").statusCode()).isEqualTo(204);
  }
}
