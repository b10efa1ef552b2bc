package io.keymux.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.database.Database;
import io.keymux.api.database.DatabaseClock;
import io.keymux.api.database.Sql;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobSpec;
import io.keymux.api.job.JobState;
import io.keymux.api.problem.ErrorMapping;
import io.keymux.api.store.Attempt;
import io.keymux.api.store.Attempts;
import io.keymux.api.store.JobStore;
import io.keymux.api.store.JobWatcher;
import io.keymux.api.store.LifeSigns;
import io.keymux.api.store.NewJob;
import io.keymux.api.store.Releases;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a job whose workers die. */
class DeadWorkersTest {
  private static final String ID = "job-1";

  @TempDir Path folder;
  private Database database;
  private Clock clock;
  private JobStore store;
  private Attempts attempts;
  private LifeSigns lifeSigns;
  private Releases releases;

  private record Wait(boolean later, @Nullable Instant until) {}

  @BeforeEach
  void submit() {
    database = Database.embedded(folder);
    clock = DatabaseClock.of(database);
    store = new JobStore(database);
    attempts = new Attempts(database, clock, JobWatcher.NONE);
    lifeSigns = new LifeSigns(database, attempts, Duration::ofHours);
    releases = new Releases(database, clock);
    JobSpec spec = new JobSpec(null, null, null, null, null, null, null, null, null);
    store.keep(
        new NewJob(Job.submitted(ID, "t", spec, clock.instant(), null, null, "file:///o"), null),
        null);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void revive_diesForTheThirdTime_waitsLongerEachTime() {
    for (int death = 1; death <= 2; death++) {
      startAndDie();
      assertThat(scheduled()).as("death %d: at once", death).isEqualTo(1);
    }
    for (int death = 3; death <= 4; death++) {
      startAndDie();
      assertThat(scheduled()).as("death %d", death).isZero();
      Job job = store.find(ID).orElseThrow();
      assertThat(job.state()).isEqualTo(JobState.QUEUED);
      assertThat(job.attempts()).isEqualTo(death);
      assertThat(job.problem()).isNotNull().extracting("code").isEqualTo("worker-ended");
      Wait wait = waits();
      assertThat(wait.later()).isTrue();
      assertThat(Duration.between(clock.instant(), wait.until()))
          .isBetween(Duration.ofMinutes(60 * (death - 2) - 1), Duration.ofHours(death - 2));
      assertThat(releases.release(any -> 1, (connection, id, turn) -> {})).isZero();
      assertThat(attempts.isCurrent(new Attempt(ID, death))).as("it may come back").isFalse();
    }
  }

  @Test
  void revive_toBeCancelled_isStartedToEnd() {
    startAndDie();
    startAndDie();
    start();
    attempts.cancel(ID);
    die();
    assertThat(scheduled()).isEqualTo(1);
    assertThat(claim()).isInstanceOf(Attempts.Claim.Ended.class);
    assertThat(store.find(ID).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void revive_diedBehindTheEnd_staysEnded() {
    startAndDie();
    startAndDie();
    start();
    attempts.finish(new Attempt(ID, 3), JobState.FAILED, ErrorMapping.bug());
    die();
    assertThat(scheduled()).isEqualTo(1);
    assertThat(store.find(ID).orElseThrow().state()).isEqualTo(JobState.FAILED);
  }

  private void startAndDie() {
    start();
    die();
  }

  private void start() {
    database.with(
        connection ->
            Sql.of("delete from scheduled_tasks where task_instance = ?", ID).update(connection));
    database.with(
        connection ->
            Sql.of(
                    "insert into scheduled_tasks (task_name, task_instance, execution_time, picked,"
                        + " picked_by, last_heartbeat, version) values (?, ?, ?, true, 'w', ?, 1)",
                    Scheduling.TASK,
                    ID,
                    clock.instant(),
                    clock.instant())
                .update(connection));
    assertThat(claim()).isInstanceOf(Attempts.Claim.Started.class);
  }

  private void die() {
    assertThat(lifeSigns.revive(lifeSigns.all().get(0))).isTrue();
    assertThat(lifeSigns.all()).isEmpty();
  }

  private Attempts.Claim claim() {
    return attempts.claim(ID, 9, ErrorMapping.bug());
  }

  private int scheduled() {
    return database.with(
        connection ->
            Sql.of("select count(*) from scheduled_tasks")
                .first(connection, row -> row.getInt(1))
                .orElseThrow());
  }

  private Wait waits() {
    return database.with(
        connection ->
            Sql.of("select later, not_before from jobs")
                .first(
                    connection, row -> new Wait(row.getBoolean(1), Sql.instant(row, "not_before")))
                .orElseThrow());
  }
}
