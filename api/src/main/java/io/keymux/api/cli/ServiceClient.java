package io.keymux.api.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.json.Json;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;

/** Calls the service as any client does. */
final class ServiceClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final URI service;
  private final HttpClient http = HttpClient.newHttpClient();

  ServiceClient(URI service) {
    this.service = service;
  }

  /** Told of each progress event. */
  interface Progress {
    void show(String stage, long bytes, long totalBytes);
  }

  /** Sends a job; gives its id. */
  String submit(String json) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(service.resolve("/v1/jobs"))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return send(request, 202).path("id").asText();
  }

  /** Reads the job's events until the job has ended. */
  void follow(String id, Progress progress) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(service.resolve("/v1/jobs/" + id + "/events")).build();
    try {
      HttpResponse<Stream<String>> response =
          http.send(request, HttpResponse.BodyHandlers.ofLines());
      try (Stream<String> lines = response.body()) {
        lines
            .filter(line -> line.startsWith("data: {\"percent\""))
            .forEach(line -> show(line.substring("data: ".length()), progress));
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static void show(String data, Progress progress) {
    try {
      JsonNode event = Json.mapper().readTree(data);
      progress.show(
          event.path("stage").asText(),
          event.path("bytes").asLong(),
          event.path("totalBytes").asLong());
    } catch (IOException e) {
      throw new IllegalStateException("an event is not JSON: " + data, e);
    }
  }

  /** The job once it has ended. */
  JsonNode job(String id) throws InterruptedException {
    return get("/v1/jobs/" + id + "?wait=60");
  }

  JsonNode outputs(String id) throws InterruptedException {
    return get("/v1/jobs/" + id + "/outputs");
  }

  private JsonNode get(String path) throws InterruptedException {
    return send(
        HttpRequest.newBuilder(service.resolve(path)).timeout(TIMEOUT.multipliedBy(3)).build(),
        200);
  }

  private JsonNode send(HttpRequest request, int wanted) throws InterruptedException {
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      JsonNode body = Json.mapper().readTree(new String(response.body(), UTF_8));
      if (response.statusCode() != wanted) {
        throw new DrmException(
            Blame.CALLER,
            body.path("code").asText("service-refused"),
            body.path("detail").asText("The service answered " + response.statusCode() + "."),
            "");
      }
      return body;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static DrmException failed(IOException e) {
    return new DrmException(
        Blame.UPSTREAM,
        "service-unreachable",
        "The service does not answer: " + e.getClass().getSimpleName() + ".",
        "Try again.",
        e);
  }
}
