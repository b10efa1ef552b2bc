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
import java.util.Map;
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

  public Attempts(Database database, Clock clock, JobWatcher watcher) {
    this.database = database;
    this.clock = clock;
    this.watcher = watcher;
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
            end(connection, id, JobState.CANCELLED, null);
            return new Claim.Ended();
          }
          if (found.tries() >= most) {
            end(connection, id, JobState.FAILED, exhausted);
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
              started_at = coalesce(started_at, ?), last_event = last_event + 1
            where id = ?
            """,
            JobState.PREPARING.id(),
            JobState.PREPARING.id(),
            clock.instant(),
            id)
        .update(connection);
    event(connection, id, 0, "state", state(JobState.PREPARING, null));
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
    String to = entered == null ? null : entered.id();
    return database.transaction(
        connection -> {
          int changed =
              Sql.of(
                      "update jobs set state = case when state = 'cancelling' then state"
                          + " else coalesce(cast(? as varchar), state) end, stage = ?, percent = ?,"
                          + " bytes = ?, total_bytes = ?, eta_seconds = ?,"
                          + " last_event = last_event + 1"
                          + OF_ATTEMPT,
                      to,
                      progress.stage(),
                      progress.percent(),
                      progress.bytes(),
                      progress.totalBytes(),
                      progress.etaSeconds(),
                      attempt.jobId(),
                      attempt.number())
                  .update(connection);
          if (changed == 1) {
            event(
                connection,
                attempt.jobId(),
                0,
                entered == null ? "progress" : "state",
                entered == null ? Json.line(progress) : state(entered, null));
          }
          return changed == 1;
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
            end(connection, attempt.jobId(), end, why);
          }
          return current;
        });
  }

  /**
   * Lets the job wait for another attempt.
   *
   * @param why this one failed, or null if it was only interrupted; then it does not count as a try
   * @return false if the attempt was superseded
   */
  public boolean giveBack(Attempt attempt, @Nullable Problem why) {
    return database.transaction(
        connection -> {
          int changed =
              Sql.of(
                      "update jobs set state = ?, stage = ?, percent = 0, bytes = 0,"
                          + " total_bytes = 0, eta_seconds = null, tries = tries - ?,"
                          + " last_event = last_event + 1"
                          + OF_ATTEMPT,
                      JobState.QUEUED.id(),
                      JobState.QUEUED.id(),
                      why == null ? 1 : 0,
                      attempt.jobId(),
                      attempt.number())
                  .update(connection);
          if (changed == 1) {
            problem(connection, attempt.jobId(), why);
            event(connection, attempt.jobId(), 0, "state", state(JobState.QUEUED, why));
            if (why != null) {
              watcher.changed(connection, attempt.jobId(), JobState.QUEUED);
            }
          }
          return changed == 1;
        });
  }

  /** Stops a job, now if it waits, else as soon as its worker hears of it. */
  public void cancel(String id) {
    database.transaction(
        connection -> {
          boolean waits =
              Sql.of("select 1 from jobs where id = ? and state = 'queued' for update", id)
                  .first(connection, row -> true)
                  .isPresent();
          if (waits) {
            end(connection, id, JobState.CANCELLED, null);
            return true;
          }
          int changed =
              Sql.of(
                      "update jobs set cancel_requested = true, state = ?,"
                          + " last_event = last_event + 1"
                          + " where id = ? and finished_at is null and not cancel_requested",
                      JobState.CANCELLING.id(),
                      id)
                  .update(connection);
          if (changed == 1) {
            event(connection, id, 0, "state", state(JobState.CANCELLING, null));
          }
          return changed == 1;
        });
  }

  private void end(Connection connection, String id, JobState end, @Nullable Problem why)
      throws SQLException {
    String done = end == JobState.SUCCEEDED ? "percent = 100, bytes = total_bytes, " : "";
    Sql.of(
            "update jobs set "
                + done
                + "state = ?, stage = ?, eta_seconds = null, finished_at = ?, released = false,"
                + " last_event = last_event + 2 where id = ?",
            end.id(),
            end.id(),
            clock.instant(),
            id)
        .update(connection);
    problem(connection, id, why);
    event(connection, id, 1, "state", state(end, why));
    event(connection, id, 0, "end", state(end, why));
    watcher.changed(connection, id, end);
  }

  private static void problem(Connection connection, String id, @Nullable Problem why)
      throws SQLException {
    Sql.of(
            "update job_details set problem = ? where job_id = ?",
            why == null ? null : Json.line(why),
            id)
        .update(connection);
  }

  /** The number of an event is the job's count of them, less those that come behind it. */
  private void event(Connection connection, String id, int behind, String type, String data)
      throws SQLException {
    Sql.of(
            "insert into job_events (job_id, id, at, type, data) select id, last_event - ?,"
                + " cast(? as timestamp(6) with time zone), ?, ? from jobs where id = ?",
            behind,
            clock.instant(),
            type,
            data,
            id)
        .update(connection);
  }

  private static String state(JobState state, @Nullable Problem why) {
    return Json.line(
        why == null ? Map.of("state", state.id()) : Map.of("state", state.id(), "problem", why));
  }
}
