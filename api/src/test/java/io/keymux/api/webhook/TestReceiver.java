package io.keymux.api.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.keymux.api.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Somebody who wants to be told, and says what the test wants. */
public final class TestReceiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
  private volatile IntSupplier answer = () -> 204;

  /** One request. */
  public record Got(String id, String timestamp, String signature, String body) {
    public JsonNode json() throws IOException {
      return Json.mapper().readTree(body);
    }

    /** Whether a signature of it is of this secret, computed as the specification has it. */
    boolean isSignedWith(String secret) throws Exception {
      byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      byte[] wanted = mac.doFinal((id + "." + timestamp + "." + body).getBytes(UTF_8));
      return List.of(signature.split(" "))
          .contains("v1," + Base64.getEncoder().encodeToString(wanted));
    }
  }

  public TestReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          var headers = exchange.getRequestHeaders();
          Got request =
              new Got(
                  headers.getFirst("webhook-id"),
                  headers.getFirst("webhook-timestamp"),
                  headers.getFirst("webhook-signature"),
                  new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          got.add(request);
          exchange.sendResponseHeaders(answer.getAsInt(), -1);
          exchange.close();
        });
    server.start();
  }

  /** With a token in it that nobody else may see. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?token=canary-hook";
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Answers with what this gives; it may wait. */
  public void answers(IntSupplier status) {
    answer = status;
  }

  /** Answers once something has happened, or after half a minute. */
  public void answersAfter(CountDownLatch end) {
    answers(
        () -> {
          try {
            end.await(30, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return 200;
        });
  }

  /** The next request. */
  public Got next() throws InterruptedException {
    Got next = got.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came");
    }
    return next;
  }

  /** How many requests came that were not asked for. */
  public int more() {
    return got.size();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
