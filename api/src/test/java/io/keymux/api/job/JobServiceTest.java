package io.keymux.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.Roots;
import io.keymux.api.problem.Problem;
import io.keymux.api.storage.Storages;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.Engine;
import io.keymux.packager.job.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The states of jobs, with engines that stop, fail and wait on command. */
class JobServiceTest {
  @TempDir Path folder;

  private JobService service(JobEngine engine, int capacity) throws java.io.IOException {
    Files.write(folder.resolve("in.mp4"), new byte[0]);
    KeyExchange none =
        request -> {
          throw new AssertionError("no keys here");
        };
    JobPreparation.KeyServers servers =
        new JobPreparation.KeyServers() {
          @Override
          public KeyExchange embedded() {
            return none;
          }

          @Override
          public SignalingSettings signaling() {
            return SignalingSettings.DEFAULT;
          }

          @Override
          public KeyExchange remote(String server, @Nullable String type) {
            return none;
          }
        };
    DataDirectory data = DataDirectory.open(folder.resolve("data"));
    return new JobService(
        new MemoryJobStore(capacity),
        new JobPreparation(
            Storages.local(Roots.of(List.of(folder))), data, servers, () -> Engine.NATIVE),
        engine,
        Clock.systemUTC(),
        1);
  }

  private JobSpec spec() {
    String url = folder.resolve("in.mp4").toUri().toString();
    return new JobSpec(
        new JobSpec.Input(url, null, null, null, null, null, null, null, null, null, null),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void cancel_queuedJob_neverRuns() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    List<Path> ran = new java.util.concurrent.CopyOnWriteArrayList<>();
    try (JobService jobs =
        service(
            (job, progress, cancel) -> {
              ran.add(job.job().output());
              release.await();
            },
            10)) {
      Job first = jobs.submit(spec(), null);
      Job second = jobs.submit(spec(), null);
      assertThat(jobs.cancel(second.id()).state()).isEqualTo(JobState.CANCELLED);
      release.countDown();
      assertThat(jobs.await(first.id(), Duration.ofSeconds(10)).state())
          .isEqualTo(JobState.SUCCEEDED);
      assertThat(ran).containsExactly(first.outputDir());
    }
  }

  @Test
  void cancel_runningJob_isCancellingThenCancelled() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    try (JobService jobs =
        service(
            (job, progress, cancel) -> {
              progress.progress(Stage.PACKAGING, 1, 2);
              running.countDown();
              while (true) {
                cancel.check();
                Thread.sleep(5);
              }
            },
            10)) {
      Job job = jobs.submit(spec(), null);
      running.await();
      assertThat(jobs.cancel(job.id()).state()).isIn(JobState.CANCELLING, JobState.CANCELLED);
      Job end = jobs.await(job.id(), Duration.ofSeconds(10));
      assertThat(end.state()).isEqualTo(JobState.CANCELLED);
      assertThat(end.problem()).isNull();
      assertThat(jobs.cancel(job.id()).state()).isEqualTo(JobState.CANCELLED);
    }
  }

  @Test
  void run_failures_becomeProblemsWithoutSecrets() throws Exception {
    DrmException expected =
        new DrmException(DrmException.Blame.UPSTREAM, "key-server-timeout", "It is slow.", "Wait.");
    for (RuntimeException failure :
        List.of(expected, new IllegalStateException("a key: 00112233"))) {
      try (JobService jobs =
          service(
              (job, progress, cancel) -> {
                throw failure;
              },
              10)) {
        Job job = jobs.submit(spec(), null);
        Job end = jobs.await(job.id(), Duration.ofSeconds(10));
        assertThat(end.state()).isEqualTo(JobState.FAILED);
        Problem problem = Objects.requireNonNull(end.problem());
        boolean ours = failure == expected;
        assertThat(problem.code()).isEqualTo(ours ? "key-server-timeout" : "internal");
        assertThat(problem.status()).isEqualTo(ours ? 502 : 500);
        assertThat(problem.retryable()).isEqualTo(ours);
        assertThat(problem.toString()).doesNotContain("00112233");
      }
    }
  }

  @Test
  void progress_manyCalls_areFewEventsInOrder() throws Exception {
    try (JobService jobs =
        service(
            (job, progress, cancel) -> {
              for (int i = 0; i < 100_000; i++) {
                progress.progress(Stage.PACKAGING, i, 100_000);
              }
              progress.progress(Stage.VERIFYING, 0, 1);
            },
            10)) {
      Job job = jobs.submit(spec(), null);
      jobs.await(job.id(), Duration.ofSeconds(10));
      List<JobEvent> events = jobs.events(job.id(), 0, Duration.ZERO);
      assertThat(events.size()).isBetween(6, 60);
      for (int i = 0; i < events.size(); i++) {
        assertThat(events.get(i).id()).isEqualTo(i + 1);
      }
      assertThat(events.get(events.size() - 1).type()).isEqualTo("end");
      assertThat(jobs.eventsEnded(job.id())).isTrue();
    }
  }

  @Test
  void store_full_forgetsOldestFinishedOnly() throws Exception {
    try (JobService jobs = service((job, progress, cancel) -> {}, 2)) {
      Job first = jobs.submit(spec(), null);
      jobs.await(first.id(), Duration.ofSeconds(10));
      for (int i = 0; i < 2; i++) {
        jobs.await(jobs.submit(spec(), null).id(), Duration.ofSeconds(10));
      }
      assertThat(jobs.find(first.id())).isEmpty();
      assertThat(jobs.list(job -> true, null, 10)).hasSize(2);
    }
  }
}
