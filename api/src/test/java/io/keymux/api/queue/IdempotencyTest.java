package io.keymux.api.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.api.job.Job;
import io.keymux.api.job.JobSpec;
import io.keymux.api.problem.RequestException;
import io.keymux.api.store.Submission;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same job sent more than once. */
class IdempotencyTest {
  @TempDir Path folder;

  @Test
  void submit_sameKeyManyTimesAtOnce_isOneJobAndOneAnswer() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try (TestNode node = TestNode.start(folder, (job, progress, cancel, guard) -> {})) {
      Submission same = new Submission("key", "hash");
      List<Callable<Job>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        calls.add(() -> node.jobs.submit(TestNode.TENANT, node.spec(), same));
      }
      List<Job> answers = new ArrayList<>();
      for (Future<Job> answer : clients.invokeAll(calls)) {
        answers.add(answer.get());
      }
      assertThat(answers).hasSize(100).containsOnly(answers.get(0));
      assertThat(node.jobs.list(TestNode.TENANT, null, null, 10)).hasSize(1);
      assertThatThrownBy(
              () -> node.jobs.submit(TestNode.TENANT, node.spec(), new Submission("key", "other")))
          .isInstanceOf(RequestException.class)
          .hasMessageContaining("Idempotency-Key");
      assertThat(node.jobs.submit("small", node.spec(), same).id())
          .as("another tenant's key")
          .isNotEqualTo(answers.get(0).id());
    } finally {
      clients.shutdown();
    }
  }

  @Test
  void submit_sameKeyWhenTheInputIsGone_isTheSameAnswer() throws Exception {
    try (TestNode node = TestNode.start(folder, (job, progress, cancel, guard) -> {})) {
      Submission same = new Submission("key", "hash");
      JobSpec spec = node.spec();
      Job first = node.jobs.submit(TestNode.TENANT, spec, same);
      node.ended(first);
      JobSpec elsewhere =
          JobSpec.of(
              new JobSpec.Input(
                  "file:///not/allowed.mp4",
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null,
                  null));
      assertThatThrownBy(() -> node.jobs.submit(TestNode.TENANT, elsewhere, null))
          .isInstanceOf(RequestException.class);
      assertThat(node.jobs.submit(TestNode.TENANT, elsewhere, same)).isEqualTo(first);
    }
  }
}
