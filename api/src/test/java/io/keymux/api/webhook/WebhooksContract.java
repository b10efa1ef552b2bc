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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for webhooks of a whole service, whichever database it has. */
abstract class WebhooksContract {
  private static final Path LADDER =
      Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder");
  private static final WebhookSettings QUICK =
      new WebhookSettings(
          AddressPolicy.PUBLIC_OR_LOOPBACK,
          Duration.ofSeconds(20),
          List.of(Duration.ofMillis(10), Duration.ofMillis(20)),
          Duration.ofMillis(1),
          Duration.ofDays(1));
  private static final QueueSettings ONE_TRY =
      new QueueSettings(
          1,
          1,
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1),
          Duration.ofDays(1),
          Map.of());

  private final HttpClient http = HttpClient.newHttpClient();
  private final TestReceiver receiver = receiver();
  @TempDir Path folder;
  private ApiServer server;

  private static TestReceiver receiver() {
    try {
      return new TestReceiver();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** With the database of the class. */
  abstract ServiceSettings on(ServiceSettings settings);

  @BeforeEach
  void start() {
    start(QUICK);
  }

  private void start(WebhookSettings webhooks) {
    server =
        KeymuxService.start(
            on(new ServiceSettings("127.0.0.1", 0, List.of(LADDER), ONE_TRY)).with(webhooks),
            DataDirectory.open(folder.resolve("data")));
  }

  @AfterEach
  void stop() {
    server.close();
    receiver.close();
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(server.uri().resolve(path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode json(int status, String method, String path, String body) throws Exception {
    HttpResponse<String> answer = send(method, path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return Json.mapper().readTree(answer.body());
  }

  private JsonNode get(String path) throws Exception {
    return json(200, "GET", path, "");
  }

  private JsonNode webhook(String more) throws Exception {
    return json(201, "POST", "/v1/webhooks", "{\"url\":\"%s\"%s}".formatted(receiver.url(), more));
  }

  private String job(String name) throws Exception {
    String spec = "{\"input\":{\"url\":\"%s\"}}".formatted(LADDER.resolve(name).toUri());
    return json(202, "POST", "/v1/jobs", spec).path("id").asText();
  }

  private JsonNode delivery(String path, String state) throws Exception {
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

  @Test
  void jobs_thatEnd_areToldSigned() throws Exception {
    JsonNode hook = webhook("");
    String id = job("audio-stereo.mp4");

    TestReceiver.Got got = receiver.next();
    assertThat(got.isSignedWith(hook.path("secret").asText())).isTrue();
    assertThat(got.json().path("type").asText()).isEqualTo("job.succeeded");
    assertThat(got.json().path("timestamp").asText()).endsWith("Z");
    JsonNode data = got.json().path("data");
    assertThat(data.path("id").asText()).isEqualTo(id);
    assertThat(data.path("state").asText()).isEqualTo("succeeded");
    assertThat(data.path("finishedAt").asText())
        .isEqualTo(get("/v1/jobs/" + id).path("finishedAt").asText());
    assertThat(receiver.more()).isZero();
  }

  @Test
  void jobs_allEvents_areTold() throws Exception {
    webhook(",\"events\":[\"job.started\",\"job.failed\",\"job.cancelled\"]");
    String later =
        "{\"input\":{\"url\":\"%s\"},\"startAt\":\"2999-01-01T00:00:00Z\"}"
            .formatted(LADDER.resolve("audio-stereo.mp4").toUri());
    String id = json(202, "POST", "/v1/jobs", later).path("id").asText();
    json(202, "POST", "/v1/jobs/" + id + "/cancel", "");
    assertThat(receiver.next().json().path("type").asText()).isEqualTo("job.cancelled");
    job("audio-stereo.mp4");
    assertThat(receiver.next().json().path("type").asText()).isEqualTo("job.started");
  }

  @Test
  void message_refusedAtFirst_comesAgainWithItsId() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    receiver.answers(() -> calls.incrementAndGet() == 1 ? 503 : 200);
    String hook = "/v1/webhooks/" + webhook("").path("id").asText();
    JsonNode test = json(202, "POST", hook + "/test", "");

    TestReceiver.Got first = receiver.next();
    TestReceiver.Got second = receiver.next();
    assertThat(second.id()).isEqualTo(first.id()).isEqualTo(test.path("messageId").asText());
    assertThat(second.body()).isEqualTo(first.body());
    JsonNode log = delivery(hook + "/deliveries/" + test.path("id").asText(), "delivered");
    assertThat(log.at("/tries/0/status").asInt()).isEqualTo(503);
    assertThat(log.at("/tries/0/problem").asText()).isEqualTo("receiver-refused");
    assertThat(log.at("/tries/1/status").asInt()).isEqualTo(200);
    assertThat(log.at("/tries/1").has("problem")).isFalse();
  }

  @Test
  void message_neverTaken_isGivenUpAndCanBeSentAgain() throws Exception {
    receiver.answers(() -> 500);
    String hook = "/v1/webhooks/" + webhook("").path("id").asText();
    JsonNode test = json(202, "POST", hook + "/test", "");
    String path = hook + "/deliveries/" + test.path("id").asText();
    assertThat(delivery(path, "dead").path("tries").size()).isEqualTo(3);
    assertThat(get(hook + "/deliveries?state=dead").path("items").size()).isEqualTo(1);

    receiver.answers(() -> 200);
    json(202, "POST", path + "/redeliver", "");
    assertThat(delivery(path, "delivered").path("tries").size()).isEqualTo(4);
    json(202, "POST", path + "/redeliver", "");
    assertThat(delivery(path, "delivered").path("tries").size()).isEqualTo(5);
    assertThat(json(202, "POST", hook + "/redeliver", "").path("count").asInt()).isZero();
    for (int i = 0; i < 5; i++) {
      assertThat(receiver.next().id()).isEqualTo(test.path("messageId").asText());
    }
  }

  @Test
  void secret_replaced_bothSignForAWhile() throws Exception {
    JsonNode hook = webhook("");
    String path = "/v1/webhooks/" + hook.path("id").asText();
    JsonNode rotated = json(200, "POST", path + "/secret", "");
    assertThat(Instant.parse(rotated.path("formerSecretUntil").asText())).isAfter(Instant.now());
    json(202, "POST", path + "/test", "");

    TestReceiver.Got got = receiver.next();
    assertThat(got.isSignedWith(hook.path("secret").asText())).isTrue();
    assertThat(got.isSignedWith(rotated.path("secret").asText())).isTrue();
    json(200, "POST", path + "/secret", "");
    json(202, "POST", path + "/test", "");
    got = receiver.next();
    assertThat(got.isSignedWith(hook.path("secret").asText())).isFalse();
    assertThat(got.isSignedWith(rotated.path("secret").asText())).isTrue();
  }

  @Test
  void receiver_thatHangs_holdsUpNobodyElse() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (TestReceiver other = new TestReceiver()) {
      other.answers(
          () -> {
            try {
              end.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return 200;
          });
      JsonNode hanging =
          json(201, "POST", "/v1/webhooks", "{\"url\":\"%s\"}".formatted(other.url()));
      for (int i = 0; i < 40; i++) {
        json(202, "POST", "/v1/webhooks/" + hanging.path("id").asText() + "/test", "");
      }
      other.next();
      JsonNode hook = webhook("");
      json(202, "POST", "/v1/webhooks/" + hook.path("id").asText() + "/test", "");
      receiver.next();
      assertThat(other.more()).isLessThan(8);
      end.countDown();
    }
  }

  @Test
  void receiver_thatIsGone_isSwitchedOff() throws Exception {
    receiver.answers(() -> 410);
    String hook = "/v1/webhooks/" + webhook("").path("id").asText();
    JsonNode test = json(202, "POST", hook + "/test", "");
    delivery(hook + "/deliveries/" + test.path("id").asText(), "dead");
    assertThat(get(hook).path("enabled").asBoolean()).isFalse();
    assertThat(get(hook).path("disabledBecause").asText()).isEqualTo("receiver-gone");
    json(200, "PUT", hook, "{\"url\":\"%s\"}".formatted(receiver.url()));
    assertThat(get(hook).path("enabled").asBoolean()).isTrue();
    assertThat(get(hook).has("disabledBecause")).isFalse();
  }

  @Test
  void message_stillWaiting_isSentAfterARestart() throws Exception {
    receiver.close();
    String hook = "/v1/webhooks/" + webhook(",\"enabled\":false").path("id").asText();
    JsonNode test = json(202, "POST", hook + "/test", "");
    server.close();
    start();
    try (TestReceiver moved = new TestReceiver()) {
      json(200, "PUT", hook, "{\"url\":\"%s\"}".formatted(moved.url()));
      assertThat(moved.next().id()).isEqualTo(test.path("messageId").asText());
    }
  }

  @Test
  void address_ofTheOwnNetwork_isNotCalled() throws Exception {
    server.close();
    start(
        new WebhookSettings(
            AddressPolicy.PUBLIC,
            QUICK.patience(),
            List.of(),
            QUICK.holdAfterFailure(),
            QUICK.retention()));
    String loopback = "{\"url\":\"https://127.0.0.1:%d/\"}".formatted(receiver.port());
    JsonNode hook = json(201, "POST", "/v1/webhooks", loopback);
    String path = "/v1/webhooks/" + hook.path("id").asText();
    String test = json(202, "POST", path + "/test", "").path("id").asText();
    JsonNode log = delivery(path + "/deliveries/" + test, "dead");
    assertThat(log.at("/tries/0/problem").asText()).isEqualTo("receiver-address-refused");
    assertThat(receiver.more()).isZero();
    json(422, "POST", "/v1/webhooks", "{\"url\":\"http://example.com/\"}");
  }

  @Test
  void list_ofDeliveries_comesInPages() throws Exception {
    String hook = "/v1/webhooks/" + webhook("").path("id").asText();
    for (int i = 0; i < 5; i++) {
      json(202, "POST", hook + "/test", "");
      receiver.next();
    }
    JsonNode first = get(hook + "/deliveries?limit=3");
    JsonNode second = get(hook + "/deliveries?limit=3&cursor=" + first.path("nextCursor").asText());
    assertThat(first.path("items").findValuesAsText("id")).hasSize(3);
    assertThat(second.path("items").findValuesAsText("id"))
        .hasSize(2)
        .doesNotContainAnyElementsOf(first.path("items").findValuesAsText("id"));
    assertThat(second.has("nextCursor")).isFalse();
  }

  @Test
  void secrets_areShownOnce() throws Exception {
    JsonNode hook = webhook(",\"description\":\"mine\"");
    String path = "/v1/webhooks/" + hook.path("id").asText();
    for (String answer :
        List.of(
            send("GET", path, "").body(),
            send("GET", "/v1/webhooks", "").body(),
            send("POST", path + "/test", "").body(),
            send("GET", path + "/deliveries", "").body())) {
      assertThat(answer).doesNotContain("canary", "whsec_");
    }
    assertThat(get(path).path("url").asText())
        .isEqualTo("http://127.0.0.1:" + receiver.port() + "/…");
    assertThat(send("DELETE", path, "").statusCode()).isEqualTo(204);
    json(404, "GET", path, "");
    json(404, "GET", path + "/deliveries", "");
  }
}
