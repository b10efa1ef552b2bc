package io.keymux.docs.mps;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Queues for the tests of a class, and their other side in Amazon's JSON protocol; the server asks
 * for no signature.
 */
final class Sqs implements AfterAllCallback {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final SQSRestServer server;
  private final int port;

  /**
   * @param queues that are there
   */
  Sqs(String... queues) {
    server = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    port = server.waitUntilStarted().localAddress().getPort();
    try {
      for (String queue : queues) {
        create(queue);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String endpoint() {
    return "http://127.0.0.1:" + port + "/";
  }

  private void create(String queue) throws IOException, InterruptedException {
    JsonObject question = new JsonObject();
    question.addProperty("QueueName", queue);
    call("CreateQueue", question);
  }

  void send(String queue, String body) throws IOException, InterruptedException {
    JsonObject message = of(queue);
    message.addProperty("MessageBody", body);
    call("SendMessage", message);
  }

  /** The next message, which stays in the queue. */
  String receive(String queue) throws IOException, InterruptedException {
    JsonObject question = of(queue);
    question.addProperty("WaitTimeSeconds", 20);
    JsonArray messages = call("ReceiveMessage", question).getAsJsonArray("Messages");
    if (messages == null || messages.isEmpty()) {
      throw new AssertionError("no message came into " + queue);
    }
    return messages.get(0).getAsJsonObject().get("Body").getAsString();
  }

  /** Waits until no message is left, not even one that somebody has. */
  void awaitEmpty(String queue) throws IOException, InterruptedException {
    awaitLeft(queue, 0);
  }

  /** Waits until so many messages are left, whether somebody has taken them or not. */
  void awaitLeft(String queue, int left) throws IOException, InterruptedException {
    Instant end = Instant.now().plus(Duration.ofSeconds(30));
    while (count(queue, "ApproximateNumberOfMessages")
            + count(queue, "ApproximateNumberOfMessagesNotVisible")
        != left) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("other than " + left + " messages are left in " + queue);
      }
      Thread.sleep(100);
    }
  }

  int count(String queue, String attribute) throws IOException, InterruptedException {
    JsonObject question = of(queue);
    JsonArray names = new JsonArray();
    names.add("All");
    question.add("AttributeNames", names);
    return call("GetQueueAttributes", question)
        .getAsJsonObject("Attributes")
        .get(attribute)
        .getAsInt();
  }

  private JsonObject of(String queue) throws IOException, InterruptedException {
    JsonObject question = new JsonObject();
    question.addProperty("QueueName", queue);
    String url = call("GetQueueUrl", question).get("QueueUrl").getAsString();
    JsonObject with = new JsonObject();
    with.addProperty("QueueUrl", url);
    return with;
  }

  private JsonObject call(String action, JsonObject body) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(endpoint()))
                .header("Content-Type", "application/x-amz-json-1.0")
                .header("X-Amz-Target", "AmazonSQS." + action)
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(action + ": " + answer.body());
    }
    JsonObject parsed = new Gson().fromJson(answer.body(), JsonObject.class);
    return parsed == null ? new JsonObject() : parsed;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    server.stopAndWait();
  }
}
