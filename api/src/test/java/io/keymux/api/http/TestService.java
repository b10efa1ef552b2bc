package io.keymux.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.cli.SampleLadder;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.KeyExchangeSettings;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real service on a free port, with the sample ladder as its only root; lives as long as the test
 * class whose extension it is.
 */
final class TestService implements AfterAllCallback {
  static final Path LADDER =
      Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder");

  /** A failure is one at once, as far as most tests are concerned. */
  private static final QueueSettings QUEUE =
      new QueueSettings(
          1,
          1,
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          Map.of());

  final ApiServer server;

  /** Holds {@code root} and the service's {@code data}. */
  final Path folder;

  final Path root;
  private final HttpClient http = HttpClient.newHttpClient();

  TestService() {
    this(KeyServerSettings.DEFAULT);
  }

  TestService(KeyServerSettings keyServer) {
    this(keyServer, Clock.systemUTC());
  }

  TestService(KeyServerSettings keyServer, Clock clock) {
    try {
      folder = Files.createTempDirectory("keymux-test-service-");
      root = Files.createDirectory(folder.resolve("root"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server =
        KeymuxService.start(
            new ServiceSettings(
                "127.0.0.1",
                0,
                List.of(LADDER, root),
                QUEUE,
                keyServer,
                KeyExchangeSettings.DEFAULT),
            DataDirectory.open(folder.resolve("data")),
            clock);
  }

  URI uri(String path) {
    return server.uri().resolve(path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path));
  }

  HttpResponse<String> get(String path, String... headers) {
    HttpRequest.Builder request = request(path);
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> post(String path, String type, String body, String... headers) {
    HttpRequest.Builder request =
        request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> postJson(String path, String body, String... headers) {
    return post(path, "application/json", body, headers);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    return send(request, HttpResponse.BodyHandlers.ofString());
  }

  <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request.build(), handler);
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return Json.mapper().readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + response.body(), e);
    }
  }

  static String input(String name) {
    return "{\"url\":\"" + LADDER.resolve(name).toUri() + "\"}";
  }

  /** Runs a job to its end. */
  JsonNode run(String spec) {
    HttpResponse<String> accepted = postJson("/v1/jobs", spec);
    if (accepted.statusCode() != 202) {
      throw new AssertionError("not accepted: " + accepted.body());
    }
    return json(get("/v1/jobs/" + json(accepted).path("id").asText() + "?wait=60"));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    server.close();
    SampleLadder.deleteTree(folder);
  }
}
