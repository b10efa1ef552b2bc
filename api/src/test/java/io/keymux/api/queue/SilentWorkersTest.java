package io.keymux.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.database.Database;
import io.keymux.api.database.DatabaseClock;
import io.keymux.api.database.Sql;
import io.keymux.api.store.Attempts;
import io.keymux.api.store.JobWatcher;
import io.keymux.api.store.LifeSigns;
import io.keymux.api.store.Releases;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is dead is a matter of what is seen, not of what time it is. */
class SilentWorkersTest {
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  @TempDir Path folder;
  private Database database;
  private Clock clock;
  private LifeSigns lifeSigns;
  private SilentWorkers silent;
  private long nanos;

  @BeforeEach
  void start() {
    database = Database.embedded(folder);
    clock = DatabaseClock.of(database);
    lifeSigns =
        new LifeSigns(
            database, new Attempts(database, clock, JobWatcher.NONE), Duration::ofSeconds);
    silent = observer();
    silent.revive();
  }

  private SilentWorkers observer() {
    return new SilentWorkers(lifeSigns, HEARTBEAT, 4, () -> nanos, clock);
  }

  @AfterEach
  void stop() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1})
  void worker_aliveAndItsClockHoursOff_keepsItsJob(long hours) {
    for (int beat = 0; beat < 10; beat++) {
      tells("job", "a", clock.instant().plus(Duration.ofHours(hours)).plusSeconds(beat));
      assertThat(looks(HEARTBEAT)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1})
  void worker_silentForFourHeartbeats_losesItsJobOnce(long hours) {
    tells("job", "a", clock.instant().plus(Duration.ofHours(hours)));
    for (int beat = 0; beat < 4; beat++) {
      assertThat(looks(HEARTBEAT)).isZero();
    }
    assertThat(looks(HEARTBEAT)).isEqualTo(1);
    assertThat(looks(HEARTBEAT)).isZero();
    assertThat(lifeSigns.all()).isEmpty();
  }

  /** Who watched has died, too: its successor need not wait for four heartbeats again. */
  @ParameterizedTest
  @CsvSource({"0, 4", "6, 3", "12, 2", "15, 1", "3600, 1", "-3600, 4"})
  void worker_silentBeforeItsObserverStarted_losesItsJobAfterTheRest(long seconds, int beats) {
    tells("job", "a", clock.instant().minusSeconds(seconds));
    silent = observer();
    assertThat(silent.revive()).isZero();
    for (int beat = 1; beat < beats; beat++) {
      assertThat(looks(HEARTBEAT)).isZero();
    }
    assertThat(looks(HEARTBEAT)).isEqualTo(1);
  }

  /** Its clock was put back: what it told seems old, but it goes on to tell. */
  @Test
  void worker_aliveButLateByItsClockWhenAnObserverStarts_keepsItsJob() {
    tells("job", "a", clock.instant().minusSeconds(3600));
    silent = observer();
    assertThat(silent.revive()).isZero();
    for (int beat = 1; beat < 10; beat++) {
      tells("job", "a", clock.instant().minusSeconds(3600 - beat));
      assertThat(looks(HEARTBEAT)).isZero();
    }
  }

  /** Nobody could tell anything meanwhile. */
  @Test
  void worker_databaseAwayForLong_keepsItsJob() {
    tells("job", "a", clock.instant());
    looks(HEARTBEAT);
    assertThat(looks(Duration.ofMinutes(10))).isZero();
    tells("job", "a", clock.instant());
    assertThat(looks(HEARTBEAT)).isZero();
  }

  @Test
  void revive_workerHasToldSomethingSince_changesNothing() {
    tells("job", "a", clock.instant());
    var old = lifeSigns.all().get(0);
    tells("job", "a", clock.instant().plusSeconds(1));
    assertThat(lifeSigns.revive(old)).isFalse();
    assertThat(lifeSigns.all()).hasSize(1);
  }

  /** The clock was put back by an hour while a job waited for its next try. */
  @Test
  void hasten_waitsForLongerThanJobsDo_isDueNow() {
    waits("soon", clock.instant().plusSeconds(5));
    waits("late", clock.instant().plusSeconds(3600));
    new Releases(database, clock).hasten(Duration.ofSeconds(320));
    assertThat(due("soon")).isAfter(clock.instant());
    assertThat(due("late")).isBeforeOrEqualTo(clock.instant());
  }

  private int looks(Duration later) {
    nanos += later.toNanos();
    return silent.revive();
  }

  private void tells(String job, String worker, Instant at) {
    write(job, clock.instant(), worker, at);
  }

  private void waits(String job, Instant due) {
    write(job, due, null, null);
  }

  private void write(String job, Instant due, @Nullable String worker, @Nullable Instant sign) {
    database.transaction(
        connection -> {
          Sql.of("delete from scheduled_tasks where task_instance = ?", job).update(connection);
          return Sql.of(
                  "insert into scheduled_tasks (task_name, task_instance, execution_time, picked,"
                      + " picked_by, last_heartbeat, version) values (?, ?, ?, ?, ?, ?, 1)",
                  Scheduling.TASK,
                  job,
                  due,
                  worker != null,
                  worker,
                  sign)
              .update(connection);
        });
  }

  private Instant due(String job) {
    return database.with(
        connection ->
            Sql.of("select execution_time from scheduled_tasks where task_instance = ?", job)
                .first(
                    connection, row -> Objects.requireNonNull(Sql.instant(row, "execution_time")))
                .orElseThrow());
  }
}
