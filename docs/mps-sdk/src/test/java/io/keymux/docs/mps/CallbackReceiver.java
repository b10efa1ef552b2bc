package io.keymux.docs.mps;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A web server that takes callbacks, for the tests of a class. */
final class CallbackReceiver implements AfterAllCallback {
  /** One request that was taken. */
  record Received(String body, Map<String, String> headers) {}

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final HttpServer server;

  CallbackReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/hook", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    exchange.sendResponseHeaders(refused ? 503 : 200, -1);
    exchange.close();
    if (!refused) {
      received.add(
          new Received(
              body,
              Map.of(
                  "id", header(exchange, "Webhook-Id"),
                  "time", header(exchange, "Webhook-Timestamp"),
                  "signature", header(exchange, "Webhook-Signature"))));
    }
  }

  /** Empty if it is not there: without a key of the caller's nothing is signed. */
  private static String header(HttpExchange exchange, String name) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  /** The next requests are answered with 503. */
  void refuse(int requests) {
    refusals.set(requests);
  }

  /** Waits for the next one. */
  Received next() throws InterruptedException {
    Received next = received.poll(60, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no callback came");
    }
    return next;
  }

  @Override
  public void afterAll(ExtensionContext context) {
    server.stop(0);
  }
}
