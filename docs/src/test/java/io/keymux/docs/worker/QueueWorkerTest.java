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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
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

  @TempDir Path work;

  @Test
  void submit_movie_isPublishedAndVerified() throws Exception {
    try (QueueWorker worker = new QueueWorker(Keymux.packager().keys(Sample.KEYS), 1)) {
      QueuedJob job = worker.submit(Sample.order(work.resolve("out")).job());

      JobResult result = job.result().get(1, TimeUnit.MINUTES);
      assertThat(result.verification().samplesCompared()).isPositive();
      assertThat(work.resolve("out/manifest.mpd")).exists();
      assertThat(job.progress().stage()).isEqualTo(Stage.PUBLISHING);
    }
  }

  @Test
  void submit_missingInput_failsWithItsCodeAndTheNextJobRuns() throws Exception {
    try (QueueWorker worker = new QueueWorker(Keymux.packager().keys(Sample.KEYS), 2)) {
      QueuedJob impossible = worker.submit(Sample.impossible(work.resolve("none")).job());
      QueuedJob next = worker.submit(Sample.order(work.resolve("out")).job());

      assertFailed(impossible, "input-unreadable");
      assertThat(next.result().get(1, TimeUnit.MINUTES).manifests()).isNotEmpty();
    }
  }

  @Test
  void cancel_runningAndWaiting_publishNothing() throws Exception {
    try (QueueWorker worker = new QueueWorker(Keymux.packager().keys(slow), 1)) {
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
  }

  @Test
  void submit_moreThanMayWait_isRefused() throws Exception {
    try (QueueWorker worker = new QueueWorker(Keymux.packager().keys(slow), 1)) {
      worker.submit(Sample.order(work.resolve("running")).job());
      asked.await();
      worker.submit(Sample.order(work.resolve("waiting")).job());

      assertThatThrownBy(() -> worker.submit(Sample.order(work.resolve("refused")).job()))
          .isInstanceOf(RejectedExecutionException.class);
      answer.countDown();
    }
  }

  @Test
  void close_jobsNotDone_areCancelledAndAwaited() throws Exception {
    QueuedJob running;
    QueuedJob waiting;
    try (QueueWorker worker = new QueueWorker(Keymux.packager().keys(slow), 1)) {
      running = worker.submit(Sample.order(work.resolve("running")).job());
      asked.await();
      waiting = worker.submit(Sample.order(work.resolve("waiting")).job());
      answerLater();
    }
    assertFailed(running, CancelToken.CODE);
    assertFailed(waiting, CancelToken.CODE);
  }

  /** When {@code close} has cancelled and waits. */
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
