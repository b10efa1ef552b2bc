package io.keymux.api.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with a disk that others fill, and clear again. */
class FullDiskIT {
  private static final Path INPUT =
      Path.of(
          System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder/video-360p.mp4");

  /** A file system that only the service sees, in a name space of its own. */
  private static final List<String> SMALL_DISK =
      List.of(
          "unshare",
          "--mount",
          "--map-root-user",
          "sh",
          "-c",
          "mount -t tmpfs -o size=16m none \"$0\" && exec \"$@\"");

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private Path disk;

  @BeforeEach
  void mayMount() throws Exception {
    Process process = new ProcessBuilder("unshare", "--mount", "--map-root-user", "true").start();
    assumeTrue(process.waitFor() == 0, "mounting in a name space of one's own");
    disk = Files.createDirectory(folder.resolve("disk"));
  }

  private WorkerProcess start(Path data) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("keymux.yaml"),
            "roots: [%s, %s]\njobs: {tries: 20, retryDelaySeconds: 1}\n"
                .formatted(INPUT.getParent(), folder));
    List<String> around = Stream.concat(SMALL_DISK.stream(), Stream.of(disk.toString())).toList();
    return WorkerProcess.start(folder.resolve("log"), around, config, data);
  }

  @Test
  void outputDisk_full_jobWaitsAndSucceedsWhenThereIsRoom() throws Exception {
    try (WorkerProcess service = start(folder.resolve("data"))) {
      JobClient client = new JobClient(() -> List.of(service.uri()));
      Path seen = service.root().resolve(disk.toString().substring(1));
      Path ballast = fill(seen);
      String id = client.submit("full", INPUT, disk.resolve("out"));

      JsonNode tried = once(service, id, job -> job.has("problem"));

      assertThat(tried.at("/problem/code").asText()).isEqualTo("storage-full");
      assertThat(tried.at("/problem/retryable").asBoolean()).isTrue();
      assertThat(get(service, "/healthz").statusCode()).isEqualTo(200);
      String other = client.submit("elsewhere", INPUT, folder.resolve("out"));
      assertThat(client.ended(other).path("state").asText()).isEqualTo("succeeded");
      assertThat(seen.resolve("out/manifest.mpd")).doesNotExist();

      Files.delete(ballast);
      JsonNode job = client.ended(id);
      assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
      assertThat(job.path("attempts").asInt()).isGreaterThan(1);
      assertThat(Outputs.files(seen.resolve("out")).keySet())
          .isEqualTo(Outputs.files(folder.resolve("out")).keySet());
    }
  }

  @Test
  void databaseDisk_full_submissionsAreRefusedAndNothingIsLost() throws Exception {
    try (WorkerProcess service = start(disk.resolve("data"))) {
      JobClient client = new JobClient(() -> List.of(service.uri()));
      String before = client.submit("before", INPUT, folder.resolve("before"));
      Path ballast = fill(service.root().resolve(disk.toString().substring(1)));

      HttpResponse<String> refused = refused(service);

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(json(refused).path("code").asText()).isEqualTo("database-unavailable");
      assertThat(get(service, "/healthz").statusCode()).isEqualTo(200);

      Files.delete(ballast);
      String after = client.submit("after", INPUT, folder.resolve("after"));
      for (String id : List.of(before, after)) {
        JsonNode job = client.ended(id);
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
      }
      assertThat(client.submit("before", INPUT, folder.resolve("before"))).isEqualTo(before);
      assertThat(get(service, "/readyz").statusCode()).isEqualTo(200);
    }
  }

  /** Fills what is left, to the last byte. */
  private static Path fill(Path disk) throws IOException {
    Path ballast = disk.resolve("ballast");
    byte[] piece = new byte[4096];
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(piece);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    return ballast;
  }

  /** The first job that is not kept; the database still has a little room in its file. */
  private HttpResponse<String> refused(WorkerProcess service) throws Exception {
    String spec = "{\"input\":{\"url\":\"%s\"}}".formatted(INPUT.toUri());
    for (int i = 0; i < 500; i++) {
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(service.uri().resolve("/v1/jobs"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(spec)));
      if (answer.statusCode() != 202) {
        return answer;
      }
    }
    throw new AssertionError("the disk is not full");
  }

  private JsonNode once(WorkerProcess service, String id, Predicate<JsonNode> wanted)
      throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    JsonNode job = json(get(service, "/v1/jobs/" + id));
    while (!wanted.test(job)) {
      assertThat(System.nanoTime()).as(job.toString()).isLessThan(deadline);
      Thread.sleep(50);
      job = json(get(service, "/v1/jobs/" + id));
    }
    return job;
  }

  private HttpResponse<String> get(WorkerProcess service, String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(service.uri() + path)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return Json.mapper().readTree(answer.body());
  }
}
