package io.keymux.api.store;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.api.problem.ErrorMapping;
import io.keymux.api.problem.Problem;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * What workers tell of the jobs that they have, and what becomes of jobs when they no longer do.
 */
public final class LifeSigns {
  /** More deaths than these, and it may be the job that kills its workers. */
  private static final int DEATHS_FORGIVEN = 2;

  private final Database database;
  private final Attempts attempts;
  private final IntFunction<Duration> delayAfter;

  /**
   * @param delayAfter how long a job waits that was tried so often
   */
  public LifeSigns(Database database, Attempts attempts, IntFunction<Duration> delayAfter) {
    this.database = database;
    this.attempts = attempts;
    this.delayAfter = delayAfter;
  }

  /** Of all jobs that a worker has, what it told last. */
  public List<LifeSign> all() {
    return database.with(
        connection ->
            Sql.of(
                    "select task_instance, picked_by, last_heartbeat from scheduled_tasks"
                        + " where picked")
                .list(
                    connection,
                    row ->
                        new LifeSign(
                            row.getString(1),
                            row.getString(2),
                            Sql.instant(row, "last_heartbeat"))));
  }

  /**
   * Lets the attempt of a dead worker be repeated, before what has not been started yet. A job
   * whose workers die again and again waits first, longer each time: others get their turn before
   * it takes the next worker with it.
   *
   * @param last what the worker told last; if it told something since, nothing is changed
   * @return whether it is repeated
   */
  public boolean revive(LifeSign last) {
    return database.transaction(
        connection -> {
          int tries = triesOfUnended(connection, last.jobId()).orElse(0);
          if (tries <= DEATHS_FORGIVEN) {
            return change(
                connection,
                "update scheduled_tasks set picked = false, picked_by = null,"
                    + " last_heartbeat = null, version = version + 1",
                last);
          }
          boolean taken = change(connection, "delete from scheduled_tasks", last);
          if (taken) {
            Duration pause = delayAfter.apply(tries - DEATHS_FORGIVEN);
            attempts.queue(connection, last.jobId(), ended(tries), pause);
          }
          return taken;
        });
  }

  /** Nothing of a job that is to be cancelled: whoever starts it next ends it. */
  private static Optional<Integer> triesOfUnended(Connection connection, String jobId)
      throws SQLException {
    return Sql.of(
            "select tries from jobs where id = ? and finished_at is null"
                + " and cancel_requested = false for update",
            jobId)
        .first(connection, row -> row.getInt(1));
  }

  private static boolean change(Connection connection, String statement, LifeSign last)
      throws SQLException {
    return Sql.of(
                statement
                    + " where picked and task_instance = ? and picked_by = ?"
                    + " and last_heartbeat = ?",
                last.jobId(),
                last.worker(),
                last.at())
            .update(connection)
        == 1;
  }

  private static Problem ended(int tries) {
    return ErrorMapping.describe(
        new DrmException(
            Blame.OUTPUT,
            "worker-ended",
            "The worker ended while it worked on the job, in try %d.".formatted(tries),
            "It is tried again after a pause; look into the logs of the workers."));
  }
}
