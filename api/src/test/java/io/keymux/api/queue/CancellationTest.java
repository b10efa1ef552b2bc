package io.keymux.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.job.Job;
import io.keymux.api.job.JobEvent;
import io.keymux.api.job.JobState;
import io.keymux.cpix.DrmException;
import io.keymux.packager.job.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that is to stop never goes back to another state on the way. */
class CancellationTest {
  @TempDir Path folder;

  @Test
  void cancel_thenAFailureThatMayPass_endsTheJob() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    try (TestNode node =
        TestNode.start(
            folder,
            (job, progress, cancel, guard) -> {
              runs.countDown();
              cancelled.await();
              throw new DrmException(
                  DrmException.Blame.UPSTREAM, "key-server-timeout", "It is slow.", "Wait.");
            })) {
      Job job = node.submit();
      runs.await();
      node.jobs.cancel(TestNode.TENANT, job.id());
      cancelled.countDown();

      assertThat(node.ended(job).state()).isEqualTo(JobState.CANCELLED);
      assertThat(states(node, job))
          .containsExactly("queued", "preparing", "cancelling", "cancelled");
    }
  }

  @Test
  void cancel_whileANewStageBegins_staysCancelling() throws Exception {
    CountDownLatch runs = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    try (TestNode node =
        TestNode.start(
            folder,
            (job, progress, cancel, guard) -> {
              runs.countDown();
              cancelled.await();
              progress.progress(Stage.PACKAGING, 1, 2);
              while (true) {
                cancel.check();
                Thread.sleep(5);
              }
            })) {
      Job job = node.submit();
      runs.await();
      node.jobs.cancel(TestNode.TENANT, job.id());
      cancelled.countDown();

      assertThat(node.ended(job).state()).isEqualTo(JobState.CANCELLED);
      assertThat(states(node, job))
          .containsExactly("queued", "preparing", "cancelling", "cancelled");
    }
  }

  @Test
  void listen_jobThatIsDeleted_isToldThatNothingMoreComes() throws Exception {
    try (TestNode node = TestNode.start(folder, (job, progress, cancel, guard) -> {})) {
      Job job = node.ended(node.submit());
      long last = node.jobs.events(job.id(), 0).get(2).id() + 100;
      CountDownLatch told = new CountDownLatch(1);
      Runnable stop =
          node.jobs.listen(
              job.id(),
              last,
              next -> {
                if (next.isEmpty()) {
                  told.countDown();
                }
              });
      node.jobs.delete(TestNode.TENANT, job.id());

      assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
      stop.run();
    }
  }

  private static List<String> states(TestNode node, Job job) {
    return node.jobs.events(job.id(), 0).stream()
        .filter(event -> event.type().equals("state"))
        .map(JobEvent::data)
        .map(data -> data.replaceAll(".*\"state\":\"(\\w+)\".*", "$1"))
        .toList();
  }
}
