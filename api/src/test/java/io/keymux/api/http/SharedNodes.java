package io.keymux.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.cli.SampleLadder;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.KeyExchangeSettings;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.SecuritySettings;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.config.StorageSettings;
import io.keymux.api.config.WebhookSettings;
import io.keymux.api.database.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Services on one PostgreSQL, each with a data folder of its own and the same seed in it. */
final class SharedNodes implements AutoCloseable {
  private static final QueueSettings QUEUE =
      new QueueSettings(
          1,
          1,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          Map.of());

  final Path folder;
  private final EmbeddedPostgres postgres;
  private final StorageSettings storage;
  private final Map<String, ApiServer> running = new LinkedHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();

  SharedNodes(StorageSettings storage) throws IOException {
    this.storage = storage;
    folder = Files.createTempDirectory("keymux-test-nodes-");
    Files.createDirectory(folder.resolve("root"));
    DataDirectory.open(data("seed")).seed().wipe();
    postgres = EmbeddedPostgres.builder().start();
  }

  /** The data folder of a node. */
  Path data(String node) {
    return folder.resolve(node);
  }

  /** Starts a node, or starts it again with the data that it had. */
  void start(String node) throws IOException {
    Path data = DataDirectory.open(data(node)).path();
    if (!Files.exists(data.resolve("seed"))) {
      Files.copy(
          data("seed").resolve("seed"),
          data.resolve("seed"),
          java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
    String url = postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", "");
    ServiceSettings settings =
        new ServiceSettings(
            "127.0.0.1",
            0,
            List.of(TestService.LADDER, folder.resolve("root")),
            QUEUE,
            new DatabaseSettings(url, "postgres", null, 6),
            KeyServerSettings.DEFAULT,
            KeyExchangeSettings.DEFAULT,
            null,
            SecuritySettings.DEFAULT,
            storage,
            null,
            WebhookSettings.DEFAULT);
    running.put(node, KeymuxService.start(settings, DataDirectory.open(data)));
  }

  /** Stops a node. */
  void stop(String node) {
    ApiServer server = running.remove(node);
    if (server != null) {
      server.close();
    }
  }

  URI uri(String node, String path) {
    ApiServer server = running.get(node);
    if (server == null) {
      throw new IllegalStateException(node + " does not run");
    }
    return server.uri().resolve(path);
  }

  HttpResponse<String> send(String node, String method, String path, String body) {
    try {
      return http.send(
          HttpRequest.newBuilder(uri(node, path))
              .header("Content-Type", "application/json")
              .method(method, BodyPublishers.ofString(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  HttpResponse<String> get(String node, String path) {
    return send(node, "GET", path, "");
  }

  /**
   * Sends a job to one node and has another one run it: the first is stopped meanwhile.
   *
   * @param fields of the job, beside its input
   * @return the job in its final state
   */
  JsonNode handOver(String from, String to, String fields) throws IOException {
    String start = java.time.Instant.now().plusSeconds(2).toString();
    HttpResponse<String> accepted =
        send(
            from,
            "POST",
            "/v1/jobs",
            "{\"input\":%s,\"startAt\":\"%s\"%s}"
                .formatted(TestService.input("audio-stereo.mp4"), start, fields));
    if (accepted.statusCode() != 202) {
      throw new AssertionError("not accepted: " + accepted.body());
    }
    stop(from);
    start(to);
    String id = TestService.json(accepted).path("id").asText();
    return TestService.json(get(to, "/v1/jobs/" + id + "?wait=60"));
  }

  @Override
  public void close() throws IOException {
    new ArrayList<>(running.keySet()).forEach(this::stop);
    postgres.close();
    SampleLadder.deleteTree(folder);
  }
}
