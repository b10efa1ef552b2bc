package io.keymux.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.TenantLimits;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobState;
import io.keymux.cpix.DrmException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody's backlog stands before somebody else's first job, and no failing job before others. */
class FairnessTest {
  @TempDir Path folder;

  @Test
  void turns_urgentBacklogOfOneTenant_letsOthersFirstJobRunNext() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    List<String> order = new CopyOnWriteArrayList<>();
    try (TestNode node =
        TestNode.start(
            folder,
            (job, progress, cancel, guard) -> {
              open.await();
              order.add(String.valueOf(job.job().output().getFileName()));
            },
            settings(Duration.ofMillis(50)))) {
      List<Job> many = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        many.add(node.jobs.submit("many", node.spec(50), null));
        if (i == 0) {
          awaitRunning(node, many.get(0));
        }
      }
      Job one = node.jobs.submit("one", node.spec(-50), null);
      Thread.sleep(1500);
      open.countDown();
      node.ended(one);
      many.forEach(node::ended);

      assertThat(order.get(1)).isEqualTo(one.id());
      assertThat(order).hasSize(7);
    }
  }

  @Test
  void failingJob_waitsForItsNextTry_withoutAPlaceOfItsTenant() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    List<String> starts = new CopyOnWriteArrayList<>();
    try (TestNode node =
        TestNode.start(
            folder,
            (job, progress, cancel, guard) -> {
              starts.add(String.valueOf(job.job().output().getFileName()));
              if (starts.size() == 1) {
                failed.countDown();
                throw new DrmException(
                    DrmException.Blame.UPSTREAM, "key-server-timeout", "It is slow.", "Wait.");
              }
            },
            settings(Duration.ofSeconds(3)))) {
      Job failing = node.jobs.submit("narrow", node.spec(), null);
      failed.await();
      Job other = node.jobs.submit("narrow", node.spec(), null);

      assertThat(node.ended(other).state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(node.now(failing).state()).isEqualTo(JobState.QUEUED);
      assertThat(node.ended(failing).state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(starts).containsExactly(failing.id(), other.id(), failing.id());
    }
  }

  private static QueueSettings settings(Duration retryDelay) {
    return new QueueSettings(
        1,
        3,
        retryDelay,
        Duration.ofSeconds(1),
        Duration.ofMillis(200),
        Duration.ofDays(1),
        Map.of("narrow", new TenantLimits(1, 10)));
  }

  private static void awaitRunning(TestNode node, Job job) throws InterruptedException {
    while (node.now(job).state() == JobState.QUEUED) {
      Thread.sleep(5);
    }
  }
}
