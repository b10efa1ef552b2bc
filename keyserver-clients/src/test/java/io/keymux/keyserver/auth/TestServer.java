package io.keymux.keyserver.auth;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.keymux.keyserver.http.CallAuthorizer;
import io.keymux.keyserver.http.HttpAnswer;
import io.keymux.keyserver.http.HttpExchange;
import io.keymux.keyserver.http.HttpLimits;
import io.keymux.keyserver.http.HttpSettings;
import io.keymux.keyserver.http.KeyServerCall;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server on a free port: of keys, of tickets and of tokens. */
final class TestServer implements AfterEachCallback, AfterAllCallback {
  static final HttpSettings SETTINGS =
      HttpSettings.DEFAULT.withLimits(
          HttpLimits.DEFAULT
              .withTimeouts(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10))
              .withAttempts(3, Duration.ofMillis(5)));

  final WireMockServer wireMock =
      new WireMockServer(
          wireMockConfig().dynamicPort().bindAddress("127.0.0.1").containerThreads(40));

  TestServer() {
    wireMock.start();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    wireMock.resetAll();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    wireMock.stop();
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + wireMock.port() + path);
  }

  HttpExchange open(CallAuthorizer authorizer) {
    return SETTINGS.open(authorizer);
  }

  /** The body of the answer to a GET. */
  String get(HttpExchange exchange, String path) throws InterruptedException {
    try (HttpAnswer answer = exchange.send(KeyServerCall.get(uri(path)))) {
      return answer.status() + " " + new String(answer.body(), UTF_8);
    }
  }

  /** In the order they came. */
  List<Request> received() {
    List<Request> requests =
        new ArrayList<>(
            wireMock.getAllServeEvents().stream().<Request>map(ServeEvent::getRequest).toList());
    Collections.reverse(requests);
    return requests;
  }

  List<Request> received(String path) {
    return received().stream()
        .filter(request -> URI.create(request.getUrl()).getPath().equals(path))
        .toList();
  }

  /** Runs {@code task} in so many threads, which begin together. */
  static <T> List<T> together(int threads, Callable<T> task) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Future<T>> pending = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        pending.add(
            pool.submit(
                () -> {
                  start.await();
                  return task.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> one : pending) {
        results.add(one.get(20, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}
