package io.keymux.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.job.Job;
import io.keymux.api.job.JobState;
import io.keymux.cpix.DrmException;
import io.keymux.packager.output.PublishGuard;
import io.keymux.packager.output.StagedOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs may share an output folder: what one leaves behind is told from what another works on. */
class SharedOutputTest {
  @TempDir Path folder;

  @Test
  void secondAttempt_removesWhatTheFirstLeft_andNothingOfOthers() throws Exception {
    AtomicReference<Path> first = new AtomicReference<>();
    AtomicReference<Path> other = new AtomicReference<>();
    try (TestNode node =
        TestNode.start(
            folder,
            (job, progress, cancel, guard) -> {
              if (first.get() == null) {
                // Never closed, like those of a process that is killed.
                Path output = job.job().output();
                first.set(written(StagedOutput.open(output, guard)));
                other.set(written(StagedOutput.open(output, new Owner("other"))));
                throw new DrmException(
                    DrmException.Blame.UPSTREAM, "key-server-timeout", "It is slow.", "Wait.");
              }
            })) {
      Job job = node.ended(node.submit());

      assertThat(job.state()).isEqualTo(JobState.SUCCEEDED);
      assertThat(job.attempts()).isEqualTo(2);
      assertThat(first.get()).doesNotExist();
      assertThat(other.get()).exists();
      assertThat(String.valueOf(first.get())).contains(".attempt-" + job.id() + "-");
    }
  }

  private record Owner(String owner) implements PublishGuard {
    @Override
    public void check() {}
  }

  private static Path written(StagedOutput output) {
    try {
      return Files.writeString(output.folder().resolve("a.m4s"), "media");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
