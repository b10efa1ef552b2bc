package io.keymux.docs.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * A queue, and a dead-letter queue behind it that gets what was received {@value #RECEIVES} times.
 */
record TestQueues(SqsClient client, String url, String deadLetterUrl) implements AutoCloseable {
  static final int RECEIVES = 2;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  static TestQueues open(int port) {
    SqsClient client =
        SqsClient.builder()
            .endpointOverride(URI.create("http://localhost:" + port))
            .region(Region.of("elasticmq"))
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .httpClient(UrlConnectionHttpClient.create())
            .build();
    String name = UUID.randomUUID().toString();
    String dead = client.createQueue(queue -> queue.queueName(name + "-dead")).queueUrl();
    String arn =
        client
            .getQueueAttributes(
                request -> request.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    String redrive =
        "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}".formatted(arn, RECEIVES);
    String url =
        client
            .createQueue(
                queue ->
                    queue
                        .queueName(name)
                        .attributes(Map.of(QueueAttributeName.REDRIVE_POLICY, redrive)))
            .queueUrl();
    return new TestQueues(client, url, dead);
  }

  void send(String body) {
    client.sendMessage(message -> message.queueUrl(url).messageBody(body));
  }

  /** Messages that any worker may have. */
  int visible() {
    return count(url, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
  }

  int deadLetters() {
    return count(deadLetterUrl, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
  }

  /** Waits until no message is left, not even one that a worker has. */
  void awaitEmpty() throws InterruptedException {
    // One request: between two of them a message may come back unseen.
    await(
        () ->
            count(
                    url,
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                    QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
                == 0);
  }

  void awaitDeadLetter() throws InterruptedException {
    await(() -> deadLetters() > 0);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("time of waiting for the queue").isLessThan(end);
      Thread.sleep(50);
    }
  }

  private int count(String queueUrl, QueueAttributeName... names) {
    return client
        .getQueueAttributes(request -> request.queueUrl(queueUrl).attributeNames(names))
        .attributes()
        .values()
        .stream()
        .mapToInt(Integer::parseInt)
        .sum();
  }

  @Override
  public void close() {
    client.close();
  }
}
