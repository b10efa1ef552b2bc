package io.keymux.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.config.WebhookSettings;
import io.keymux.keyserver.http.AddressPolicy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for webhooks of a whole service, whichever database it has. */
abstract class WebhooksContract {
  private final TestReceiver receiver = new TestReceiver();
  @TempDir Path folder;
  private WebhookRig rig;

  /** With the database of the class. */
  abstract ServiceSettings on(ServiceSettings settings);

  @BeforeEach
  void start() {
    start(WebhookRig.QUICK);
  }

  private void start(WebhookSettings webhooks) {
    rig = new WebhookRig(on(WebhookRig.SERVICE).with(webhooks), folder.resolve("data"));
  }

  @AfterEach
  void stop() {
    rig.close();
    receiver.close();
  }

  private JsonNode webhook(String more) throws Exception {
    return rig.json(
        201, "POST", "/v1/webhooks", "{\"url\":\"%s\"%s}".formatted(receiver.url(), more));
  }

  @Test
  void jobs_thatEnd_areToldSigned() throws Exception {
    JsonNode hook = webhook("");
    String id = rig.job("audio-stereo.mp4");

    TestReceiver.Got got = receiver.next();
    assertThat(got.isSignedWith(hook.path("secret").asText())).isTrue();
    assertThat(got.json().path("type").asText()).isEqualTo("job.succeeded");
    assertThat(got.json().path("timestamp").asText()).endsWith("Z");
    JsonNode data = got.json().path("data");
    assertThat(data.path("id").asText()).isEqualTo(id);
    assertThat(data.path("state").asText()).isEqualTo("succeeded");
    assertThat(data.path("finishedAt").asText())
        .isEqualTo(rig.get("/v1/jobs/" + id).path("finishedAt").asText());
    assertThat(receiver.more()).isZero();
  }

  @Test
  void jobs_allEvents_areTold() throws Exception {
    webhook(",\"events\":[\"job.started\",\"job.failed\",\"job.cancelled\"]");
    String later =
        "{\"input\":{\"url\":\"%s\"},\"startAt\":\"2999-01-01T00:00:00Z\"}"
            .formatted(WebhookRig.LADDER.resolve("audio-stereo.mp4").toUri());
    String id = rig.json(202, "POST", "/v1/jobs", later).path("id").asText();
    rig.json(202, "POST", "/v1/jobs/" + id + "/cancel", "");
    assertThat(receiver.next().json().path("type").asText()).isEqualTo("job.cancelled");
    rig.job("audio-stereo.mp4");
    assertThat(receiver.next().json().path("type").asText()).isEqualTo("job.started");
  }

  @Test
  void message_refusedAtFirst_comesAgainWithItsId() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    receiver.answers(() -> calls.incrementAndGet() == 1 ? 503 : 200);
    String hook = "/v1/webhooks/" + webhook("").path("id").asText();
    JsonNode test = rig.json(202, "POST", hook + "/test", "");

    TestReceiver.Got first = receiver.next();
    TestReceiver.Got second = receiver.next();
    assertThat(second.id()).isEqualTo(first.id()).isEqualTo(test.path("messageId").asText());
    assertThat(second.body()).isEqualTo(first.body());
    JsonNode log = rig.delivery(hook + "/deliveries/" + test.path("id").asText(), "delivered");
    assertThat(log.at("/tries/0/status").asInt()).isEqualTo(503);
    assertThat(log.at("/tries/0/problem").asText()).isEqualTo("receiver-refused");
    assertThat(log.at("/tries/1/status").asInt()).isEqualTo(200);
    assertThat(log.at("/tries/1").has("problem")).isFalse();
  }

  @Test
  void message_neverTaken_isGivenUpAndCanBeSentAgain() throws Exception {
    receiver.answers(() -> 500);
    String hook = "/v1/webhooks/" + webhook("").path("id").asText();
    JsonNode test = rig.json(202, "POST", hook + "/test", "");
    String path = hook + "/deliveries/" + test.path("id").asText();
    assertThat(rig.delivery(path, "dead").path("tries").size()).isEqualTo(3);
    assertThat(rig.get(hook + "/deliveries?state=dead").path("items").size()).isEqualTo(1);

    receiver.answers(() -> 200);
    rig.json(202, "POST", path + "/redeliver", "");
    assertThat(rig.delivery(path, "delivered").path("tries").size()).isEqualTo(4);
    rig.json(202, "POST", path + "/redeliver", "");
    assertThat(rig.delivery(path, "delivered").path("tries").size()).isEqualTo(5);
    assertThat(rig.json(202, "POST", hook + "/redeliver", "").path("count").asInt()).isZero();
    for (int i = 0; i < 5; i++) {
      assertThat(receiver.next().id()).isEqualTo(test.path("messageId").asText());
    }
  }

  @Test
  void secret_replaced_bothSignForAWhile() throws Exception {
    JsonNode hook = webhook("");
    String path = "/v1/webhooks/" + hook.path("id").asText();
    JsonNode rotated = rig.json(200, "POST", path + "/secret", "");
    assertThat(Instant.parse(rotated.path("formerSecretUntil").asText())).isAfter(Instant.now());
    rig.json(202, "POST", path + "/test", "");

    TestReceiver.Got got = receiver.next();
    assertThat(got.isSignedWith(hook.path("secret").asText())).isTrue();
    assertThat(got.isSignedWith(rotated.path("secret").asText())).isTrue();
    rig.json(200, "POST", path + "/secret", "");
    rig.json(202, "POST", path + "/test", "");
    got = receiver.next();
    assertThat(got.isSignedWith(hook.path("secret").asText())).isFalse();
    assertThat(got.isSignedWith(rotated.path("secret").asText())).isTrue();
  }

  @Test
  void receiver_thatHangs_holdsUpNobodyElse() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (TestReceiver other = new TestReceiver()) {
      other.answersAfter(end);
      JsonNode hanging =
          rig.json(201, "POST", "/v1/webhooks", "{\"url\":\"%s\"}".formatted(other.url()));
      for (int i = 0; i < 40; i++) {
        rig.json(202, "POST", "/v1/webhooks/" + hanging.path("id").asText() + "/test", "");
      }
      other.next();
      JsonNode hook = webhook("");
      rig.json(202, "POST", "/v1/webhooks/" + hook.path("id").asText() + "/test", "");
      receiver.next();
      assertThat(other.more()).isLessThan(8);
      end.countDown();
    }
  }

  @Test
  void receiver_thatIsGone_isSwitchedOff() throws Exception {
    receiver.answers(() -> 410);
    String hook = "/v1/webhooks/" + webhook("").path("id").asText();
    JsonNode test = rig.json(202, "POST", hook + "/test", "");
    rig.delivery(hook + "/deliveries/" + test.path("id").asText(), "dead");
    assertThat(rig.get(hook).path("enabled").asBoolean()).isFalse();
    assertThat(rig.get(hook).path("disabledBecause").asText()).isEqualTo("receiver-gone");
    rig.json(200, "PUT", hook, "{\"url\":\"%s\"}".formatted(receiver.url()));
    assertThat(rig.get(hook).path("enabled").asBoolean()).isTrue();
    assertThat(rig.get(hook).has("disabledBecause")).isFalse();
  }

  @Test
  void message_stillWaiting_isSentAfterARestart() throws Exception {
    receiver.close();
    String hook = "/v1/webhooks/" + webhook(",\"enabled\":false").path("id").asText();
    JsonNode test = rig.json(202, "POST", hook + "/test", "");
    rig.close();
    start();
    try (TestReceiver moved = new TestReceiver()) {
      rig.json(200, "PUT", hook, "{\"url\":\"%s\"}".formatted(moved.url()));
      assertThat(moved.next().id()).isEqualTo(test.path("messageId").asText());
    }
  }

  @Test
  void address_ofTheOwnNetwork_isNotCalled() throws Exception {
    rig.close();
    start(
        new WebhookSettings(
            AddressPolicy.PUBLIC,
            WebhookRig.QUICK.patience(),
            List.of(),
            WebhookRig.QUICK.holdAfterFailure(),
            WebhookRig.QUICK.retention()));
    String loopback = "{\"url\":\"https://127.0.0.1:%d/\"}".formatted(receiver.port());
    JsonNode hook = rig.json(201, "POST", "/v1/webhooks", loopback);
    String path = "/v1/webhooks/" + hook.path("id").asText();
    String test = rig.json(202, "POST", path + "/test", "").path("id").asText();
    JsonNode log = rig.delivery(path + "/deliveries/" + test, "dead");
    assertThat(log.at("/tries/0/problem").asText()).isEqualTo("receiver-address-refused");
    assertThat(receiver.more()).isZero();
    rig.json(422, "POST", "/v1/webhooks", "{\"url\":\"http://example.com/\"}");
  }

  @Test
  void list_ofDeliveries_comesInPages() throws Exception {
    String hook = "/v1/webhooks/" + webhook("").path("id").asText();
    for (int i = 0; i < 5; i++) {
      rig.json(202, "POST", hook + "/test", "");
      receiver.next();
    }
    JsonNode first = rig.get(hook + "/deliveries?limit=3");
    JsonNode second =
        rig.get(hook + "/deliveries?limit=3&cursor=" + first.path("nextCursor").asText());
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
            rig.send("GET", path, "").body(),
            rig.send("GET", "/v1/webhooks", "").body(),
            rig.send("POST", path + "/test", "").body(),
            rig.send("GET", path + "/deliveries", "").body())) {
      assertThat(answer).doesNotContain("canary", "whsec_");
    }
    assertThat(rig.get(path).path("url").asText())
        .isEqualTo("http://127.0.0.1:" + receiver.port() + "/…");
    assertThat(rig.send("DELETE", path, "").statusCode()).isEqualTo(204);
    rig.json(404, "GET", path, "");
    rig.json(404, "GET", path + "/deliveries", "");
  }
}
