package io.keymux.api.mps.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.keymux.api.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A queue in Amazon's JSON protocol that gives each message once. The handle of a message is its
 * number from 0.
 */
final class FakeQueue implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger number = new AtomicInteger();
  private final AtomicInteger receives = new AtomicInteger();
  private final Set<String> deleted = new CopyOnWriteArraySet<>();
  private final Set<String> undeletable = new CopyOnWriteArraySet<>();

  FakeQueue(String... messages) {
    waiting.addAll(List.of(messages));
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** Refuses to delete a message. */
  FakeQueue keeping(String handle) {
    undeletable.add(handle);
    return this;
  }

  /** How often somebody asked for messages. */
  int receives() {
    return receives.get();
  }

  Set<String> deleted() {
    return Set.copyOf(deleted);
  }

  private void serve(HttpExchange exchange) throws IOException {
    JsonNode question = Json.mapper().readTree(exchange.getRequestBody());
    String action = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    int status = 200;
    switch (action) {
      case "AmazonSQS.GetQueueUrl" -> answer.put("QueueUrl", "http://queue.example/");
      case "AmazonSQS.ReceiveMessage" -> receive(answer.putArray("Messages"));
      case "AmazonSQS.DeleteMessage" -> {
        String handle = question.path("ReceiptHandle").asText();
        if (undeletable.contains(handle)) {
          status = 400;
        } else {
          deleted.add(handle);
        }
      }
      default -> throw new AssertionError(action);
    }
    byte[] body = Json.mapper().writeValueAsBytes(answer);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void receive(ArrayNode messages) {
    receives.incrementAndGet();
    List<String> bodies = new ArrayList<>();
    try {
      String first = waiting.poll(200, TimeUnit.MILLISECONDS);
      if (first != null) {
        bodies.add(first);
        waiting.drainTo(bodies);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (String body : bodies) {
      String handle = Integer.toString(number.getAndIncrement());
      messages.addObject().put("MessageId", handle).put("ReceiptHandle", handle).put("Body", body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
