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
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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

  /** Jobs are tried again soon, and often. */
  private static final QueueSettings PATIENT =
      new QueueSettings(
          5,
          20,
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
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
    this(
        root ->
            new ServiceSettings(
                "127.0.0.1",
                0,
                List.of(LADDER, root),
                QUEUE,
                keyServer,
                KeyExchangeSettings.DEFAULT),
        clock);
  }

  /** Whose clients must prove who they are. */
  TestService(SecuritySettings security) {
    this(
        root -> new ServiceSettings("127.0.0.1", 0, List.of(LADDER, root), QUEUE).with(security),
        Clock.systemUTC());
  }

  /** With storage, and a database unless it is null, of the test's own; it tries jobs again. */
  TestService(StorageSettings storage, @Nullable DatabaseSettings database, Clock clock) {
    this(
        root ->
            new ServiceSettings(
                "127.0.0.1",
                0,
                List.of(LADDER, root),
                PATIENT,
                database,
                KeyServerSettings.DEFAULT,
                KeyExchangeSettings.DEFAULT,
                null,
                SecuritySettings.DEFAULT,
                storage,
                null,
                WebhookSettings.DEFAULT),
        clock);
  }

  private TestService(Function<Path, ServiceSettings> settings, Clock clock) {
    try {
      folder = Files.createTempDirectory("keymux-test-service-");
      root = Files.createDirectory(folder.resolve("root"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server =
        KeymuxService.start(
            settings.apply(root), DataDirectory.open(folder.resolve("data")), clock);
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
    return ended(submit(spec));
  }

  /** Sends a job; gives its id. */
  String submit(String spec) {
    HttpResponse<String> accepted = postJson("/v1/jobs", spec);
    if (accepted.statusCode() != 202) {
      throw new AssertionError("not accepted: " + accepted.body());
    }
    return json(accepted).path("id").asText();
  }

  /** The job in its final state, or as it is after a minute. */
  JsonNode ended(String id) {
    return json(get("/v1/jobs/" + id + "?wait=60"));
  }

  /** The job as soon as it is as it is wanted, within a minute. */
  JsonNode once(String id, Predicate<JsonNode> wanted) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    JsonNode job = json(get("/v1/jobs/" + id));
    while (!wanted.test(job)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("still " + job);
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      job = json(get("/v1/jobs/" + id));
    }
    return job;
  }

  /** The files below a folder of the root that a client can take for output. */
  List<String> published(String output) {
    Path place = root.resolve(output);
    if (!Files.exists(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(place)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> place.relativize(file).toString())
          .filter(file -> !file.startsWith(".attempt-"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void close() {
    server.close();
    SampleLadder.deleteTree(folder);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }
}
