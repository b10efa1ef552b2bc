package io.keymux.api.mps.sqs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.json.Json;
import io.keymux.api.secret.SecretText;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.auth.AwsCredentials;
import io.keymux.keyserver.auth.AwsCredentialsProvider;
import io.keymux.keyserver.auth.SigV4Authorizer;
import io.keymux.keyserver.http.AddressPolicy;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.HttpLimits;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.http.KeyServerCall;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A queue that is known by its name. Calls always go to the service's endpoint, never to the
 * address that it gives for the queue, which could lead anywhere.
 *
 * @see "Amazon SQS API Reference, JSON protocol"
 */
public final class SqsQueue implements AutoCloseable {
  private static final String TYPE = "application/x-amz-json-1.0";
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ATTEMPT = Duration.ofSeconds(25);
  private static final Duration TOTAL = Duration.ofSeconds(30);

  private final URI endpoint;
  private final String name;
  private final HttpExchange http;
  private @Nullable String url;

  private SqsQueue(URI endpoint, String name, HttpExchange http) {
    this.endpoint = endpoint;
    this.name = name;
    this.http = http;
  }

  /**
   * Nothing is called.
   *
   * @param endpoint of a service that is compatible with SQS; null for Amazon's in the region
   * @param policy where Amazon's name may lead; an endpoint may lead anywhere
   */
  public static SqsQueue open(
      @Nullable URI endpoint,
      AddressPolicy policy,
      String region,
      String name,
      String accessKeyId,
      SecretBytes secretAccessKey) {
    HttpLimits limits =
        HttpLimits.DEFAULT
            .withTimeouts(CONNECT, ATTEMPT, TOTAL)
            .withAttempts(2, Duration.ofMillis(200));
    HttpSettings settings =
        HttpSettings.DEFAULT
            .withLimits(limits)
            .withPolicy(endpoint == null ? policy : AddressPolicy.ANY);
    AwsCredentialsProvider credentials =
        AwsCredentialsProvider.of(AwsCredentials.of(accessKeyId, secretAccessKey));
    return new SqsQueue(
        endpoint == null ? amazon(region) : endpoint,
        name,
        settings.open(SigV4Authorizer.of(credentials, "sqs", region)));
  }

  private static URI amazon(String region) {
    String end = region.startsWith("cn-") ? ".amazonaws.com.cn/" : ".amazonaws.com/";
    return URI.create("https://sqs." + region + end);
  }

  /**
   * Puts a message into the queue.
   *
   * @param group of a FIFO queue
   * @param id of a FIFO queue's message, up to 128 characters; one that came in the last five
   *     minutes is not kept again
   * @throws SqsException if the service refuses it
   * @throws io.keymux.keyserver.http.KeyExchangeException if it cannot be reached
   */
  public void send(String body, String group, String id) throws InterruptedException {
    ObjectNode message = withUrl().put("MessageBody", body);
    if (name.endsWith(".fifo")) {
      message.put("MessageGroupId", group);
      message.put("MessageDeduplicationId", id);
    }
    call("SendMessage", message);
  }

  /**
   * Waits for messages; others do not see them until their time is over.
   *
   * @param patience up to 20 s
   * @param most 1 to 10
   * @throws SqsException if the service refuses it
   * @throws io.keymux.keyserver.http.KeyExchangeException if it cannot be reached
   */
  public List<SqsMessage> receive(Duration patience, int most) throws InterruptedException {
    ObjectNode question =
        withUrl()
            .put("MaxNumberOfMessages", most)
            .put("WaitTimeSeconds", (int) patience.toSeconds());
    List<SqsMessage> messages = new ArrayList<>();
    for (JsonNode message : call("ReceiveMessage", question).path("Messages")) {
      messages.add(
          new SqsMessage(
              message.path("MessageId").asText(),
              message.path("ReceiptHandle").asText(),
              message.path("Body").asText()));
    }
    return messages;
  }

  /**
   * Removes a message that was dealt with.
   *
   * @throws SqsException if the service refuses it
   * @throws io.keymux.keyserver.http.KeyExchangeException if it cannot be reached
   */
  public void delete(SqsMessage message) throws InterruptedException {
    call("DeleteMessage", withUrl().put("ReceiptHandle", message.receiptHandle()));
  }

  private synchronized ObjectNode withUrl() throws InterruptedException {
    String known = url;
    if (known == null) {
      ObjectNode question = JsonNodeFactory.instance.objectNode().put("QueueName", name);
      known = call("GetQueueUrl", question).path("QueueUrl").asText();
      url = known;
    }
    return JsonNodeFactory.instance.objectNode().put("QueueUrl", known);
  }

  private JsonNode call(String action, ObjectNode parameters) throws InterruptedException {
    SecretBytes body = SecretText.of(Json.line(parameters));
    KeyServerCall call =
        new KeyServerCall(
            "POST",
            endpoint,
            Map.of("Content-Type", TYPE, "X-Amz-Target", "AmazonSQS." + action),
            body);
    try (HttpAnswer answer = http.send(call)) {
      JsonNode json = parsed(answer.body());
      if (answer.status() != 200) {
        throw SqsException.refused(action, answer.status(), json.path("__type").asText());
      }
      return json;
    }
  }

  private static JsonNode parsed(byte[] body) {
    try {
      JsonNode json = Json.mapper().readTree(body);
      return json == null ? JsonNodeFactory.instance.missingNode() : json;
    } catch (IOException e) {
      // DeleteMessage and refusals may have no JSON; the status tells.
      return JsonNodeFactory.instance.missingNode();
    }
  }

  @Override
  public void close() {
    http.close();
  }

  @Override
  public String toString() {
    return "SqsQueue[" + name + "]";
  }
}
