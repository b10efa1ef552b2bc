package io.keymux.api.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A client that does not give up: it asks the next service if one is gone. */
final class JobClient {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final Supplier<List<URI>> services;
  private final AtomicInteger turn = new AtomicInteger();

  JobClient(Supplier<List<URI>> services) {
    this.services = services;
  }

  /** Sends a job under a key; the same key gives the same job, however often it is sent. */
  String submit(String key, Path input, Path output) {
    String spec =
        """
        {"input":{"url":"%s"},"output":{"url":"%s"},"packaging":{"segment":{"duration":2}},
         "protection":{"contentId":"chaos","systems":["widevine","clearkey"]}}
        """
            .formatted(input.toUri(), "file://" + output);
    return submit(key, spec);
  }

  String submit(String key, String spec) {
    JsonNode job =
        ask(
            uri ->
                HttpRequest.newBuilder(uri.resolve("/v1/jobs"))
                    .header("Content-Type", "application/json")
                    .header("Idempotency-Key", key)
                    .POST(HttpRequest.BodyPublishers.ofString(spec)),
            202);
    return job.path("id").asText();
  }

  /** Has a receiver told of all jobs. */
  void tell(String receiver) {
    ask(
        uri ->
            HttpRequest.newBuilder(uri.resolve("/v1/webhooks"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"url\":\"%s\"}".formatted(receiver))),
        201);
  }

  /** The job once it has ended. */
  JsonNode ended(String id) {
    long deadline = System.nanoTime() + PATIENCE.multipliedBy(10).toNanos();
    while (System.nanoTime() < deadline) {
      JsonNode job =
          ask(uri -> HttpRequest.newBuilder(uri.resolve("/v1/jobs/" + id + "?wait=2")), 200);
      if (!job.path("finishedAt").isMissingNode()) {
        return job;
      }
    }
    throw new AssertionError("job " + id + " does not end");
  }

  private interface Question {
    HttpRequest.Builder to(URI service);
  }

  private JsonNode ask(Question question, int wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String last = "never asked";
    while (System.nanoTime() < deadline) {
      List<URI> now = services.get();
      if (!now.isEmpty()) {
        URI service = now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
        try {
          HttpResponse<String> answer =
              http.send(
                  question.to(service).timeout(Duration.ofSeconds(5)).build(),
                  HttpResponse.BodyHandlers.ofString());
          if (answer.statusCode() == wanted) {
            return Json.mapper().readTree(answer.body());
          }
          last = answer.body();
          assertThat(answer.statusCode()).as(last).isEqualTo(503);
        } catch (IOException e) {
          last = e.toString();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    throw new AssertionError("no answer: " + last);
  }
}
