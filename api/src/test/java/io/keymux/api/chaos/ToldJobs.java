package io.keymux.api.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.keymux.api.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A receiver of webhooks: which jobs it was told have succeeded. */
final class ToldJobs implements AutoCloseable {
  /** A message that was on its way when its node died is sent again after half a minute. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final HttpServer server;
  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  ToldJobs() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          JsonNode message = Json.mapper().readTree(exchange.getRequestBody().readAllBytes());
          if (message.path("type").asText().equals("job.succeeded")) {
            ids.add(message.at("/data/id").asText());
          }
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  /** Where it wants to be told. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** Waits until it was told of all these jobs, and of no other. */
  void assertAll(Collection<String> jobs) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!ids.containsAll(jobs) && System.nanoTime() < deadline) {
      Thread.sleep(100);
    }
    assertThat(ids).containsExactlyInAnyOrderElementsOf(jobs);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
