package io.keymux.api.store;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.api.job.JobOutput;
import io.keymux.api.job.JobProgress;
import io.keymux.api.job.JobState;
import io.keymux.api.json.Json;
import io.keymux.api.problem.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is written about a job that runs. Each write names the attempt: one that was superseded
 * matches no row. All methods throw {@link io.keymux.api.database.DatabaseException} if the
 * database does not answer.
 */
public final class Attempts {
  private static final String OF_ATTEMPT =
      " where id = ? and attempt = ? and finished_at is null and state <> 'queued'";

  private final Database database;
  private final Clock clock;
  private final JobWatcher watcher;
  private final JobLog log;

  public Attempts(Database database, Clock clock, JobWatcher watcher) {
    this.database = database;
    this.clock = clock;
    this.watcher = watcher;
    this.log = new JobLog(clock, watcher);
  }

  /** What became of a wish to start a job. */
  public sealed interface Claim {
    /** The job is the caller's. */
    record Started(Attempt attempt) implements Claim {}

    /** There is nothing to do: it ended, or ends now. */
    record Ended() implements Claim {}
  }

  /**
   * Begins an attempt. A job whose cancellation was asked for ends, and so does one that was tried
   * often enough.
   *
   * @param most how many tries there are
   * @param exhausted why a job failed that was tried as often
   */
  public Claim claim(String id, int most, Problem exhausted) {
    record Found(int attempt, int tries, boolean cancelled, boolean ended) {}

    return database.transaction(
        connection -> {
          Found found =
              Sql.of(
                      "select attempt, tries, cancel_requested, finished_at from jobs"
                          + " where id = ? for update",
                      id)
                  .first(
                      connection,
                      row ->
                          new Found(
                              row.getInt(1),
                              row.getInt(2),
                              row.getBoolean(3),
                              row.getObject(4) != null))
                  .orElse(new Found(0, 0, false, true));
          if (found.ended()) {
            return new Claim.Ended();
          }
          if (found.cancelled()) {
            log.end(connection, id, JobState.CANCELLED, null);
            return new Claim.Ended();
          }
          if (found.tries() >= most) {
            log.end(connection, id, JobState.FAILED, exhausted);
            return new Claim.Ended();
          }
          start(connection, id);
          return new Claim.Started(new Attempt(id, found.attempt() + 1));
        });
  }

  private void start(Connection connection, String id) throws SQLException {
    Sql.of(
            """
            update jobs set attempt = attempt + 1, tries = tries + 1, state = ?, stage = ?,
              percent = 0, bytes = 0, total_bytes = 0, eta_seconds = null,
              started_at = coalesce(started_at, ?), released = true, later = false, last_event = last_event + 1
            where id = ?
            """,
            JobState.PREPARING.id(),
            JobState.PREPARING.id(),
            clock.instant(),
            id)
        .update(connection);
    log.event(connection, id, 0, "state", JobLog.state(JobState.PREPARING, null));
    watcher.changed(connection, id, JobState.PREPARING);
  }

  /**
   * Tells how far an attempt is.
   *
   * @param entered the state that it came to, or null if it is in the same as before; a job that is
   *     cancelling stays so
   * @return false if the attempt was superseded
   */
  public boolean report(Attempt attempt, @Nullable JobState entered, JobProgress progress) {
    return database.transaction(
        connection -> {
          Optional<String> before =
              Sql.of(
                      "select state from jobs" + OF_ATTEMPT + " for update",
                      attempt.jobId(),
                      attempt.number())
                  .first(connection, row -> row.getString(1));
          if (before.isEmpty()) {
            return false;
          }
          JobState to = before.get().equals(JobState.CANCELLING.id()) ? null : entered;
          Sql.of(
                  "update jobs set state = ?, stage = ?, percent = ?, bytes = ?,"
                      + " total_bytes = ?, eta_seconds = ?, last_event = last_event + 1"
                      + " where id = ?",
                  to == null ? before.get() : to.id(),
                  progress.stage(),
                  progress.percent(),
                  progress.bytes(),
                  progress.totalBytes(),
                  progress.etaSeconds(),
                  attempt.jobId())
              .update(connection);
          log.event(
              connection,
              attempt.jobId(),
              0,
              to == null ? "progress" : "state",
              to == null ? Json.line(progress) : JobLog.state(to, null));
          return true;
        });
  }

  /** Whether the attempt is still the job's; what is asked before output becomes visible. */
  public boolean isCurrent(Attempt attempt) {
    return database.with(
        connection ->
            Sql.of("select 1 from jobs" + OF_ATTEMPT, attempt.jobId(), attempt.number())
                .first(connection, row -> true)
                .isPresent());
  }

  /**
   * Ends the job without output.
   *
   * @param end a final state
   * @return false if the attempt was superseded
   */
  public boolean finish(Attempt attempt, JobState end, @Nullable Problem why) {
    return finish(attempt, end, why, null);
  }

  /**
   * Ends the job with what the attempt published.
   *
   * @return false if the attempt was superseded
   */
  public boolean succeed(Attempt attempt, JobOutput output) {
    return finish(attempt, JobState.SUCCEEDED, null, output);
  }

  private boolean finish(
      Attempt attempt, JobState end, @Nullable Problem why, @Nullable JobOutput output) {
    return database.transaction(
        connection -> {
          boolean current =
              Sql.of(
                      "select 1 from jobs" + OF_ATTEMPT + " for update",
                      attempt.jobId(),
                      attempt.number())
                  .first(connection, row -> true)
                  .isPresent();
          if (current) {
            if (output != null) {
              JobReports.keep(connection, attempt.jobId(), output);
            }
            log.end(connection, attempt.jobId(), end, why);
          }
          return current;
        });
  }

  /**
   * Lets the job wait for another attempt, or ends it if its cancellation was asked for.
   *
   * @param why this one failed, or null if it was only interrupted; then it does not count as a try
   * @param pause before the next
   * @return false if the attempt was superseded
   */
  public boolean giveBack(Attempt attempt, @Nullable Problem why, Duration pause) {
    return database.transaction(
        connection -> {
          Optional<Boolean> cancelled =
              Sql.of(
                      "select cancel_requested from jobs" + OF_ATTEMPT + " for update",
                      attempt.jobId(),
                      attempt.number())
                  .first(connection, row -> row.getBoolean(1));
          if (cancelled.isPresent()) {
            if (cancelled.get()) {
              log.end(connection, attempt.jobId(), JobState.CANCELLED, null);
            } else {
              queue(connection, attempt.jobId(), why, pause);
            }
          }
          return cancelled.isPresent();
        });
  }

  /** Within a transaction that holds the job's row. */
  void queue(Connection connection, String id, @Nullable Problem why, Duration pause)
      throws SQLException {
    Sql.of(
            "update jobs set state = ?, stage = ?, percent = 0, bytes = 0, total_bytes = 0,"
                + " eta_seconds = null, tries = tries - ?, released = false, later = ?,"
                + " not_before = ?, last_event = last_event + 1 where id = ?",
            JobState.QUEUED.id(),
            JobState.QUEUED.id(),
            why == null ? 1 : 0,
            !pause.isZero(),
            clock.instant().plus(pause),
            id)
        .update(connection);
    log.problem(connection, id, why);
    log.event(connection, id, 0, "state", JobLog.state(JobState.QUEUED, why));
    if (why != null) {
      watcher.changed(connection, id, JobState.QUEUED);
    }
  }

  /** Stops a job, now if it waits, else as soon as its worker hears of it. */
  public void cancel(String id) {
    record Found(boolean waits, boolean asked) {}

    database.transaction(
        connection -> {
          Optional<Found> found =
              Sql.of(
                      "select state, cancel_requested from jobs"
                          + " where id = ? and finished_at is null for update",
                      id)
                  .first(
                      connection,
                      row ->
                          new Found(
                              row.getString(1).equals(JobState.QUEUED.id()), row.getBoolean(2)));
          if (found.isEmpty()) {
            return false;
          }
          if (found.get().waits()) {
            log.end(connection, id, JobState.CANCELLED, null);
          } else if (!found.get().asked()) {
            Sql.of(
                    "update jobs set cancel_requested = true, state = ?,"
                        + " last_event = last_event + 1 where id = ?",
                    JobState.CANCELLING.id(),
                    id)
                .update(connection);
            log.event(connection, id, 0, "state", JobLog.state(JobState.CANCELLING, null));
          }
          return true;
        });
  }
}
