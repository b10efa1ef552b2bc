package io.keymux.docs.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.keymux.cpix.KeyExchange;
import io.keymux.docs.worker.MovieOrder;
import io.keymux.docs.worker.Sample;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.ProgressListener;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The worker on ElasticMQ. Each test has queues of its own. */
@Execution(ExecutionMode.CONCURRENT)
class SqsWorkerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration GRACE = Duration.ofMinutes(1);
  private static final Duration SHORT = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static SQSRestServer server;

  private final AtomicInteger attempts = new AtomicInteger();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);

  /** Holds a job until {@link #answer}. */
  private final KeyExchange slow =
      request -> {
        asked.countDown();
        answer.await();
        return Sample.KEYS.exchange(request);
      };

  private final List<CompletableFuture<Void>> runs = new ArrayList<>();
  private TestQueues queues;

  @TempDir Path work;

  @BeforeAll
  static void start() {
    server = SQSRestServerBuilder.withInterface("localhost").withDynamicPort().start();
  }

  @AfterAll
  static void stop() {
    server.stopAndWait();
  }

  @BeforeEach
  void openQueues() {
    queues = TestQueues.open(server.waitUntilStarted().localAddress().getPort());
  }

  @AfterEach
  void closeQueues() {
    queues.close();
  }

  @Test
  void run_order_isPublishedThenItsMessageDeleted() throws Exception {
    order("out");
    SqsWorker worker = start(queues.client(), LONG, Sample.KEYS);

    queues.awaitEmpty();
    assertThat(work.resolve("out/manifest.mpd")).exists();
    worker.stop(GRACE);
    assertThat(attempts).hasValue(1);
    assertThat(queues.deadLetters()).isZero();
  }

  @Test
  void run_jobLongerThanTheVisibility_isNotDeliveredAgain() throws Exception {
    order("out");
    SqsWorker worker = start(queues.client(), SHORT, slow);
    SqsWorker idle = start(queues.client(), SHORT, slow);
    asked.await();
    Thread.sleep(SHORT.multipliedBy(2).toMillis());
    assertThat(work.resolve("out/manifest.mpd")).doesNotExist();
    answer.countDown();

    queues.awaitEmpty();
    worker.stop(GRACE);
    idle.stop(GRACE);
    assertThat(work.resolve("out/manifest.mpd")).exists();
    assertThat(attempts).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not an order",
        "{\"contentId\":\"my-movie\",\"inputs\":[\"no-such-movie.mp4\"],\"output\":\"none\"}",
        "{\"contentId\":\"not a content id\",\"inputs\":[],\"output\":\"none\"}"
      })
  void run_impossibleOrder_endsAmongTheDeadLetters(String body) throws Exception {
    queues.send(body);
    SqsWorker worker = start(queues.client(), LONG, Sample.KEYS);

    queues.awaitDeadLetter();
    queues.awaitEmpty();
    worker.stop(GRACE);
    assertThat(queues.deadLetters()).isOne();
    assertThat(attempts).hasValue(TestQueues.RECEIVES);
  }

  @Test
  void run_keyServerIsDownOnce_isPublishedFromTheNextDelivery() throws Exception {
    order("out");
    KeyExchange downOnce =
        request -> {
          if (attempts.get() == 1) {
            throw KeyExchangeException.unreachable("keys.example", "refused");
          }
          return Sample.KEYS.exchange(request);
        };
    SqsWorker worker = start(queues.client(), SHORT, downOnce);

    queues.awaitEmpty();
    worker.stop(GRACE);
    assertThat(work.resolve("out/manifest.mpd")).exists();
    assertThat(attempts).hasValue(2);
  }

  @Test
  void run_workerDiesInTheMiddle_anotherPublishes() throws Exception {
    order("out");
    AtomicBoolean dead = new AtomicBoolean();
    start(mortal(queues.client(), dead), SHORT, slow);
    asked.await();
    dead.set(true);

    SqsWorker other = start(queues.client(), SHORT, Sample.KEYS);
    queues.awaitEmpty();
    other.stop(GRACE);
    assertThat(work.resolve("out/manifest.mpd")).exists();
    assertThat(attempts).hasValue(2);

    // To the queue it is dead, but if it only lost the network, it must not publish any more.
    answer.countDown();
    CompletableFuture<Void> ended = runs.get(0);
    assertThat(ended).failsWithin(GRACE).withThrowableThat().havingRootCause().withMessage("dead");
  }

  @Test
  void stop_running_letsTheJobFinishAndTakesNoOther() throws Exception {
    order("first");
    SqsWorker worker = start(queues.client(), LONG, slow);
    asked.await();
    order("second");
    CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(answer::countDown);
    worker.stop(GRACE);

    assertThat(work.resolve("first/manifest.mpd")).exists();
    assertThat(work.resolve("second")).doesNotExist();
    assertThat(queues.visible()).isOne();
    assertThat(runs.get(0)).isCompleted();
  }

  @Test
  void stop_graceIsOver_cancelsTheJobAndGivesTheMessageBack() throws Exception {
    order("out");
    SqsWorker worker = start(queues.client(), LONG, slow);
    asked.await();
    CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS).execute(answer::countDown);
    worker.stop(Duration.ZERO);

    assertThat(work).isEmptyDirectory();
    assertThat(queues.visible()).isOne();
  }

  private void order(String folder) throws JsonProcessingException {
    queues.send(JSON.writeValueAsString(Sample.order(work.resolve(folder))));
  }

  private SqsWorker start(SqsClient client, Duration visibility, KeyExchange keys) {
    SqsWorker worker =
        new SqsWorker(
            client,
            new SqsQueue(queues.url(), visibility, Duration.ofSeconds(1)),
            Keymux.packager().keys(keys),
            this::read,
            ProgressListener.NONE);
    runs.add(
        CompletableFuture.runAsync(
            () -> {
              try {
                worker.run();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            },
            work -> new Thread(work, "worker").start()));
    return worker;
  }

  private MovieOrder read(String body) {
    attempts.incrementAndGet();
    try {
      return JSON.readValue(body, MovieOrder.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not an order", e);
    }
  }

  /** A client of which the queue hears nothing any more once it is dead. */
  private static SqsClient mortal(SqsClient client, AtomicBoolean dead) {
    return (SqsClient)
        Proxy.newProxyInstance(
            SqsClient.class.getClassLoader(),
            new Class<?>[] {SqsClient.class},
            (proxy, method, args) -> {
              if (dead.get()) {
                throw SdkClientException.create("dead");
              }
              try {
                return method.invoke(client, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
