package io.keymux.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.config.WebhookSettings;
import io.keymux.api.http.ApiServer;
import io.keymux.api.http.KeymuxService;
import io.keymux.api.json.Json;
import io.keymux.keyserver.http.AddressPolicy;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A service whose webhooks are tried again at once, and a client of it. */
final class WebhookRig implements AutoCloseable {
  static final Path LADDER =
      Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder");

  static final WebhookSettings QUICK =
      new WebhookSettings(
          AddressPolicy.PUBLIC_OR_LOOPBACK,
          Duration.ofSeconds(20),
          List.of(Duration.ofMillis(10), Duration.ofMillis(20)),
          Duration.ofMillis(1),
          Duration.ofDays(1));

  /** Jobs are tried once. */
  static final ServiceSettings SERVICE =
      new ServiceSettings(
          "127.0.0.1",
          0,
          List.of(LADDER),
          new QueueSettings(
              1,
              1,
              Duration.ofSeconds(1),
              Duration.ofSeconds(5),
              Duration.ofSeconds(1),
              Duration.ofDays(1),
              Map.of()));

  private final HttpClient http = HttpClient.newHttpClient();
  private final ApiServer server;

  WebhookRig(ServiceSettings settings, Path data) {
    server = KeymuxService.start(settings, DataDirectory.open(data));
  }

  HttpResponse<String> send(String method, String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(server.uri().resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The answer, which must have this status. */
  JsonNode json(int status, String method, String path, String body) throws Exception {
    HttpResponse<String> answer = send(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return Json.mapper().readTree(answer.body());
  }

  JsonNode get(String path) throws Exception {
    return json(200, "GET", path, "");
  }

  /** Sends a job; gives its id. */
  String job(String name) throws Exception {
    String spec = "{\"input\":{\"url\":\"%s\"}}".formatted(LADDER.resolve(name).toUri());
    return json(202, "POST", "/v1/jobs", spec).path("id").asText();
  }

  /** The message at a path once it is in a state. */
  JsonNode delivery(String path, String state) throws Exception {
    Instant end = Instant.now().plusSeconds(20);
    while (true) {
      JsonNode delivery = get(path);
      if (delivery.path("state").asText().equals(state)) {
        return delivery;
      }
      assertThat(Instant.now()).as(delivery.toString()).isBefore(end);
      Thread.sleep(20);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
