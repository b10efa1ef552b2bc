package io.keymux.docs.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.KeyRequest;
import io.keymux.docs.worker.MovieOrder;
import io.keymux.docs.worker.Sample;
import io.keymux.keyserver.http.KeyExchangeException;
import io.keymux.packager.Keymux;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The activity on Temporal's server in memory, in real time. */
@Execution(ExecutionMode.CONCURRENT)
class PackagingActivityTest {
  private static final String TASK_QUEUE = "packaging";

  private final TestWorkflowEnvironment temporal =
      TestWorkflowEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder().setUseTimeskipping(false).build());
  private final Semaphore beats = new Semaphore(0);
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1) {
        @Override
        protected void afterExecute(Runnable beat, @Nullable Throwable failure) {
          beats.release();
        }
      };
  private final List<KeyRequest> requests = new CopyOnWriteArrayList<>();

  @TempDir Path work;

  @AfterEach
  void close() {
    temporal.close();
    timer.shutdownNow();
  }

  @Test
  void run_movie_isPublishedAndVerified() {
    PackagedMovie movie = workflow(Sample.KEYS).run(Sample.order(work.resolve("out")));

    assertThat(movie.samplesCompared()).isPositive();
    assertThat(movie.manifests())
        .contains("manifest.mpd", "master.m3u8")
        .allSatisfy(name -> assertThat(work.resolve("out").resolve(name)).exists());
  }

  @Test
  void run_missingInput_failsWithoutASecondAttempt() {
    PackagingWorkflow workflow = workflow(Sample.KEYS);
    MovieOrder order = Sample.impossible(work.resolve("out"));

    assertThat(failureOf(workflow, order))
        .cause()
        .isInstanceOfSatisfying(
            ActivityFailure.class,
            activity ->
                assertThat(activity.getRetryState())
                    .isEqualTo(RetryState.RETRY_STATE_NON_RETRYABLE_FAILURE))
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo("input-unreadable"));
  }

  @Test
  void run_keyServerIsDownOnce_secondAttemptAsksForTheSameKeys() {
    PackagedMovie movie =
        workflow(
                request -> {
                  if (requests.size() == 1) {
                    throw KeyExchangeException.unreachable("keys.example", "refused");
                  }
                  return Sample.KEYS.exchange(request);
                })
            .run(Sample.order(work.resolve("out")));

    assertThat(movie.samplesCompared()).isPositive();
    assertThat(requests).hasSize(2).allMatch(requests.get(0)::equals);
  }

  @Test
  void cancel_running_stopsTheJobAndPublishesNothing() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    PackagingWorkflow workflow =
        workflow(
            request -> {
              asked.countDown();
              answer.await();
              return Sample.KEYS.exchange(request);
            });
    WorkflowClient.start(workflow::run, Sample.order(work.resolve("out")));
    WorkflowStub running = WorkflowStub.fromTyped(workflow);
    asked.await();

    beats.drainPermits();
    // One beat may have begun before.
    beats.acquire(2);
    assertThat(heartbeatOf(running)).contains("ACQUIRING_KEYS");
    running.cancel();
    beats.drainPermits();
    // One beat may be on its way, one tells the server, and one is told.
    beats.acquire(3);
    answer.countDown();

    WorkflowFailedException failure =
        catchThrowableOfType(
            WorkflowFailedException.class, () -> running.getResult(PackagedMovie.class));
    assertThat(failure.getCause()).isInstanceOf(CanceledFailure.class);
    assertThat(work).isEmptyDirectory();
  }

  private String heartbeatOf(WorkflowStub workflow) {
    DescribeWorkflowExecutionRequest request =
        DescribeWorkflowExecutionRequest.newBuilder()
            .setNamespace(temporal.getNamespace())
            .setExecution(workflow.getExecution())
            .build();
    return temporal
        .getWorkflowServiceStubs()
        .blockingStub()
        .describeWorkflowExecution(request)
        .getPendingActivities(0)
        .getHeartbeatDetails()
        .getPayloads(0)
        .getData()
        .toStringUtf8();
  }

  private static WorkflowFailedException failureOf(PackagingWorkflow workflow, MovieOrder order) {
    return catchThrowableOfType(WorkflowFailedException.class, () -> workflow.run(order));
  }

  private PackagingWorkflow workflow(KeyExchange keys) {
    KeyExchange recording =
        request -> {
          requests.add(request);
          return keys.exchange(request);
        };
    Worker worker =
        temporal.newWorker(
            TASK_QUEUE,
            WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(200))
                .build());
    worker.registerWorkflowImplementationFactory(
        PackagingWorkflow.class, () -> new OneMovie(Duration.ofSeconds(4)));
    worker.registerActivitiesImplementations(
        new KeymuxActivity(Keymux.packager().keys(recording), timer));
    temporal.start();
    return temporal
        .getWorkflowClient()
        .newWorkflowStub(
            PackagingWorkflow.class, WorkflowOptions.newBuilder().setTaskQueue(TASK_QUEUE).build());
  }
}
