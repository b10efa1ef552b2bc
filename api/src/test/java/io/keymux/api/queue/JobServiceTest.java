package io.keymux.api.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.api.job.Job;
import io.keymux.api.job.JobEvent;
import io.keymux.api.job.JobSpec;
import io.keymux.api.job.JobState;
import io.keymux.api.problem.Problem;
import io.keymux.api.problem.RequestException;
import io.keymux.cpix.DrmException;
import io.keymux.packager.job.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The states of jobs, with engines that stop, fail and wait on command. */
class JobServiceTest {
  @TempDir Path folder;

  @Test
  void cancel_queuedJob_neverRuns() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    List<Path> ran = new CopyOnWriteArrayList<>();
    try (TestNode node =
        TestNode.start(
            folder,
            (job, progress, cancel, guard) -> {
              ran.add(job.job().output());
              release.await();
            })) {
      Job first = node.submit();
      Job second = node.submit();
      assertThat(node.jobs.cancel(TestNode.TENANT, second.id()).state())
          .isEqualTo(JobState.CANCELLED);
      release.countDown();
      assertThat(node.ended(first).state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(ran).hasSize(1);
    }
  }

  @Test
  void cancel_runningJob_isCancellingThenCancelled() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    try (TestNode node =
        TestNode.start(
            folder,
            (job, progress, cancel, guard) -> {
              progress.progress(Stage.PACKAGING, 1, 2);
              running.countDown();
              while (true) {
                cancel.check();
                Thread.sleep(5);
              }
            })) {
      Job job = node.submit();
      running.await();
      assertThat(node.jobs.cancel(TestNode.TENANT, job.id()).state())
          .isIn(JobState.CANCELLING, JobState.CANCELLED);
      Job end = node.ended(job);
      assertThat(end.state()).isEqualTo(JobState.CANCELLED);
      assertThat(end.problem()).isNull();
      assertThat(node.jobs.cancel(TestNode.TENANT, job.id()).state()).isEqualTo(JobState.CANCELLED);
    }
  }

  @Test
  void run_failures_becomeProblemsWithoutSecrets() throws Exception {
    DrmException expected =
        new DrmException(DrmException.Blame.CALLER, "input-unreadable", "It is not.", "Look.");
    for (RuntimeException failure :
        List.of(expected, new IllegalStateException("a key: 00112233"))) {
      try (TestNode node =
          TestNode.start(
              folder,
              (job, progress, cancel, guard) -> {
                throw failure;
              })) {
        Job end = node.ended(node.submit());
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        assertThat(end.attempts()).isEqualTo(1);
        Problem problem = Objects.requireNonNull(end.problem());
        boolean ours = failure == expected;
        assertThat(problem.code()).isEqualTo(ours ? "input-unreadable" : "internal");
        assertThat(problem.status()).isEqualTo(ours ? 422 : 500);
        assertThat(problem.toString()).doesNotContain("00112233");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, SUCCEEDED, 2", "2, SUCCEEDED, 3", "3, FAILED, 3"})
  void run_failureThatMayPass_isTriedAgain(int failures, JobState end, int attempts)
      throws Exception {
    AtomicInteger starts = new AtomicInteger();
    try (TestNode node =
        TestNode.start(
            folder,
            (job, progress, cancel, guard) -> {
              if (starts.incrementAndGet() <= failures) {
                throw new DrmException(
                    DrmException.Blame.UPSTREAM, "key-server-timeout", "It is slow.", "Wait.");
              }
            })) {
      Job job = node.ended(node.submit());
      assertThat(job.state()).isEqualTo(end);
      assertThat(job.attempts()).isEqualTo(attempts);
      assertThat(starts).hasValue(attempts);
    }
  }

  @Test
  void progress_manyCalls_areFewEventsInOrder() throws Exception {
    try (TestNode node =
        TestNode.start(
            folder,
            (job, progress, cancel, guard) -> {
              for (int i = 0; i < 100_000; i++) {
                progress.progress(Stage.PACKAGING, i, 100_000);
              }
              progress.progress(Stage.VERIFYING, 0, 1);
            })) {
      Job job = node.ended(node.submit());
      List<JobEvent> events = node.jobs.events(job.id(), 0);
      assertThat(events.size()).isBetween(6, 60);
      for (int i = 0; i < events.size(); i++) {
        assertThat(events.get(i).id()).isEqualTo(i + 1);
      }
      assertThat(events.get(events.size() - 1).type()).isEqualTo("end");
    }
  }

  @Test
  void release_priorities_largestFirstThenOldest() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    List<String> order = new CopyOnWriteArrayList<>();
    try (TestNode node =
        TestNode.start(
            folder,
            (job, progress, cancel, guard) -> {
              open.await();
              order.add(String.valueOf(job.job().output().getFileName()));
            })) {
      List<Job> jobs = new ArrayList<>();
      for (int priority : new int[] {0, 0, 0, 50, -50, 20}) {
        jobs.add(node.jobs.submit("ordered", node.spec(priority), null));
        if (jobs.size() == 1) {
          while (node.now(jobs.get(0)).state() == JobState.QUEUED) {
            Thread.sleep(5);
          }
        }
      }
      open.countDown();
      for (Job job : jobs) {
        node.ended(job);
      }
      assertThat(order)
          .containsExactly(
              jobs.get(0).id(),
              jobs.get(3).id(),
              jobs.get(5).id(),
              jobs.get(1).id(),
              jobs.get(2).id(),
              jobs.get(4).id());
    }
  }

  @Test
  void submit_moreThanMayWait_isRefusedForThatTenantAlone() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    try (TestNode node = TestNode.start(folder, (job, progress, cancel, guard) -> open.await())) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 6; i++) {
                  node.jobs.submit("small", node.spec(), null);
                }
              })
          .isInstanceOfSatisfying(
              RequestException.class, refused -> assertThat(refused.status()).isEqualTo(503));
      assertThat(node.submit().state()).isEqualTo(JobState.QUEUED);
      open.countDown();
    }
  }

  @Test
  void startAt_later_waitsForThatTime() throws Exception {
    try (TestNode node = TestNode.start(folder, (job, progress, cancel, guard) -> {})) {
      Instant later = Instant.now().plusMillis(1500);
      JobSpec now = node.spec();
      JobSpec spec = new JobSpec(now.input(), null, null, null, null, null, null, null, later);
      Job job = node.jobs.submit(TestNode.TENANT, spec, null);
      Thread.sleep(700);
      assertThat(node.now(job).state()).isEqualTo(JobState.QUEUED);
      Job end = node.ended(job);
      assertThat(end.state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(Objects.requireNonNull(end.startedAt())).isAfterOrEqualTo(later.minusMillis(50));
    }
  }

  @Test
  void retry_failedJob_isAnotherJobWithTheSameSpec() throws Exception {
    AtomicInteger starts = new AtomicInteger();
    List<String> contentIds = new CopyOnWriteArrayList<>();
    try (TestNode node =
        TestNode.start(
            folder,
            (job, progress, cancel, guard) -> {
              contentIds.add(job.job().contentId());
              if (starts.incrementAndGet() < 3) {
                throw new DrmException(DrmException.Blame.CALLER, "no-media", "None.", "Give.");
              }
            })) {
      Job first = node.ended(node.submit());
      Job second = node.ended(node.jobs.retry(TestNode.TENANT, first.id(), false, null));
      assertThat(second.retryOf()).isEqualTo(first.id());
      assertThat(second.spec()).isEqualTo(first.spec());
      Job third = node.ended(node.jobs.retry(TestNode.TENANT, second.id(), true, null));
      assertThat(third.state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(contentIds.get(1)).isEqualTo(contentIds.get(0));
      assertThat(contentIds.get(2)).isEqualTo(contentIds.get(0) + "-r" + third.id());
      Job fourth = node.ended(node.jobs.retry(TestNode.TENANT, second.id(), true, null));
      assertThat(contentIds.get(3)).isEqualTo(contentIds.get(0) + "-r" + fourth.id());
      assertThatThrownBy(() -> node.jobs.retry(TestNode.TENANT, third.id(), false, null))
          .hasMessageContaining("succeeded");
    }
  }

  @Test
  void delete_endedJob_takesItsOutputAlong() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    try (TestNode node =
        TestNode.start(
            folder,
            (job, progress, cancel, guard) -> {
              open.await();
              try {
                Files.createDirectories(job.job().output());
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            })) {
      Job job = node.submit();
      assertThatThrownBy(() -> node.jobs.delete(TestNode.TENANT, job.id()))
          .isInstanceOf(RequestException.class);
      open.countDown();
      node.ended(job);
      Path output = folder.resolve("data/outputs").resolve(job.id());
      assertThat(output).exists();
      assertThatThrownBy(() -> node.jobs.delete("small", job.id())).hasMessageContaining("exist");
      node.jobs.delete(TestNode.TENANT, job.id());
      assertThat(output).doesNotExist();
      assertThat(node.jobs.find(job.id())).isEmpty();
    }
  }
}
