package io.keymux.docs.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyExchange;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueueWorkerTest {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);

  /** Holds a job until {@link #answer}. */
  private final KeyExchange slow =
      request -> {
        asked.countDown();
        answer.await();
        return Sample.KEYS.exchange(request);
      };

  private final List<QueueWorker> workers = new ArrayList<>();

  @TempDir Path work;

  @AfterEach
  void stop() throws InterruptedException {
    answer.countDown();
    for (QueueWorker worker : workers) {
      worker.stop();
    }
  }

  @Test
  void submit_movie_isPublishedAndVerified() throws Exception {
    QueueWorker worker = worker(Sample.KEYS, 1);
    QueuedJob job = worker.submit(Sample.order(work.resolve("out")).job());

    JobResult result = job.result().get(1, TimeUnit.MINUTES);
    assertThat(result.verification().samplesCompared()).isPositive();
    assertThat(work.resolve("out/manifest.mpd")).exists();
    assertThat(job.progress().stage()).isEqualTo(Stage.PUBLISHING);
  }

  @Test
  void submit_missingInput_failsWithItsCodeAndTheNextJobRuns() throws Exception {
    QueueWorker worker = worker(Sample.KEYS, 2);
    QueuedJob impossible = worker.submit(Sample.impossible(work.resolve("none")).job());
    QueuedJob next = worker.submit(Sample.order(work.resolve("out")).job());

    assertFailed(impossible, "input-unreadable");
    assertThat(next.result().get(1, TimeUnit.MINUTES).manifests()).isNotEmpty();
  }

  @Test
  void cancel_runningAndWaiting_publishNothing() throws Exception {
    QueueWorker worker = worker(slow, 1);
    QueuedJob running = worker.submit(Sample.order(work.resolve("running")).job());
    asked.await();
    QueuedJob waiting = worker.submit(Sample.order(work.resolve("waiting")).job());
    assertThat(running.progress().stage()).isEqualTo(Stage.ACQUIRING_KEYS);
    assertThat(waiting.progress().stage()).isEqualTo(Stage.PREPARING);

    running.cancel();
    waiting.cancel();
    answer.countDown();

    assertFailed(running, CancelToken.CODE);
    assertFailed(waiting, CancelToken.CODE);
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void submit_moreThanMayWait_isRefused() throws Exception {
    QueueWorker worker = worker(slow, 1);
    worker.submit(Sample.order(work.resolve("running")).job());
    asked.await();
    worker.submit(Sample.order(work.resolve("waiting")).job());

    assertThatThrownBy(() -> worker.submit(Sample.order(work.resolve("refused")).job()))
        .isInstanceOf(RejectedExecutionException.class);
  }

  @Test
  void stop_jobsNotDone_areCancelledAndAwaited() throws Exception {
    QueueWorker worker = worker(slow, 1);
    QueuedJob running = worker.submit(Sample.order(work.resolve("running")).job());
    asked.await();
    QueuedJob waiting = worker.submit(Sample.order(work.resolve("waiting")).job());
    answerLater();
    worker.stop();

    assertFailed(running, CancelToken.CODE);
    assertFailed(waiting, CancelToken.CODE);
  }

  private QueueWorker worker(KeyExchange keys, int waiting) {
    QueueWorker worker = new QueueWorker(Keymux.packager().keys(keys), waiting);
    workers.add(worker);
    return worker;
  }

  /** When {@code stop} has cancelled and waits. */
  private void answerLater() {
    CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(answer::countDown);
  }

  private static void assertFailed(QueuedJob job, String code) {
    assertThatThrownBy(() -> job.result().get(1, TimeUnit.MINUTES))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(DrmException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
