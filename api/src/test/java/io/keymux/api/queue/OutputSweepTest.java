package io.keymux.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.config.DataDirectory;
import io.keymux.api.database.Database;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobOutput;
import io.keymux.api.job.JobSpec;
import io.keymux.api.job.JobState;
import io.keymux.api.problem.ErrorMapping;
import io.keymux.api.store.Attempt;
import io.keymux.api.store.Attempts;
import io.keymux.api.store.JobStore;
import io.keymux.api.store.JobWatcher;
import io.keymux.api.store.NewJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which folders in the data directory of a node are deleted. */
class OutputSweepTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  @TempDir Path folder;

  /** What became of a job. */
  private enum End {
    FORGOTTEN,
    WAITS,
    RUNS,
    FAILED,
    HERE,
    BUCKET
  }

  private static Clock ago(int hours) {
    return Clock.fixed(NOW.minus(Duration.ofHours(hours)), ZoneOffset.UTC);
  }

  @ParameterizedTest
  @CsvSource({
    // made, ended: hours ago
    "FORGOTTEN, 25,  0, false, false",
    "FORGOTTEN, 23,  0, false, true",
    "FORGOTTEN, 900, 0, true,  true",
    "WAITS,     900, 0, false, true",
    "RUNS,      900, 0, false, true",
    "FAILED,    900, 25, false, false",
    "FAILED,    900, 23, false, true",
    "HERE,      900, 25, false, true",
    "BUCKET,    900, 25, false, false",
    "BUCKET,    900, 23, false, true",
    "BUCKET,    900, 25, true,  true",
  })
  void sweep_folder_staysAsLongAsAnybodyMayNeedIt(
      End end, int made, int ended, boolean runsHere, boolean stays) throws IOException {
    DataDirectory data = DataDirectory.open(folder.resolve("data"));
    String id = new JobIds(ago(made), new SecureRandom()).next();
    Path output = Files.createDirectories(data.outputOf(id).resolve("1"));
    Files.writeString(output.resolve("manifest.mpd"), "x");
    Path other = Files.createDirectories(data.outputs().resolve("not-a-job"));
    try (Database database = Database.embedded(data.path())) {
      JobStore store = new JobStore(database);
      become(end, id, store, database, ago(ended), data);
      OutputSweep sweep = new OutputSweep(data, store, any -> runsHere, ago(0));

      sweep.sweep();

      assertThat(Files.exists(data.outputOf(id))).isEqualTo(stays);
      assertThat(other).exists();
      sweep.close();
    }
  }

  private static void become(
      End end, String id, JobStore store, Database database, Clock clock, DataDirectory data) {
    if (end == End.FORGOTTEN) {
      return;
    }
    JobSpec spec = new JobSpec(null, null, null, null, null, null, null, null, null);
    String output = data.outputOf(id).toUri().toString();
    Job job = Job.submitted(id, "default", spec, clock.instant(), null, null, output);
    store.keep(new NewJob(job, null), null);
    if (end == End.WAITS) {
      return;
    }
    Attempts attempts = new Attempts(database, clock, JobWatcher.NONE);
    attempts.claim(id, 1, ErrorMapping.bug());
    Attempt attempt = new Attempt(id, 1);
    switch (end) {
      case FAILED -> attempts.finish(attempt, JobState.FAILED, ErrorMapping.bug());
      case HERE -> attempts.succeed(attempt, new JobOutput(output, "{}"));
      case BUCKET -> attempts.succeed(attempt, new JobOutput("s3://out-1/film", "{}"));
      case FORGOTTEN, WAITS, RUNS -> {}
    }
  }

  @Test
  void sweep_moreFoldersThanOneQuestionHolds_deletesAll() throws IOException {
    DataDirectory data = DataDirectory.open(folder.resolve("data"));
    JobIds ids = new JobIds(ago(900), new SecureRandom());
    for (int i = 0; i < 1001; i++) {
      Files.createDirectories(data.outputOf(ids.next()));
    }
    try (Database database = Database.embedded(data.path())) {
      OutputSweep sweep = new OutputSweep(data, new JobStore(database), any -> false, ago(0));
      sweep.sweep();
      sweep.close();
    }
    assertThat(data.outputs()).isEmptyDirectory();
  }

  /** A node that was killed between forgetting a job and deleting its output does that later. */
  @Test
  void start_ofANode_sweeps() throws Exception {
    DataDirectory data = DataDirectory.open(folder.resolve("data"));
    Path left =
        Files.createDirectories(data.outputOf(new JobIds(ago(9000), new SecureRandom()).next()));
    try (TestNode node = TestNode.start(folder, (job, progress, cancel, guard) -> {})) {
      assertThat(node.jobs.list(TestNode.TENANT, null, null, 1)).isEqualTo(List.of());
      long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (Files.exists(left) && System.nanoTime() < deadline) {
        Thread.sleep(20);
      }
      assertThat(left).doesNotExist();
    }
  }
}
