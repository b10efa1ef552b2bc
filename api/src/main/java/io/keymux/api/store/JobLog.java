package io.keymux.api.store;

import io.keymux.api.database.Sql;
import io.keymux.api.job.JobState;
import io.keymux.api.json.Json;
import io.keymux.api.problem.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what happened to jobs, within transactions of the caller's that hold their rows. */
final class JobLog {
  private final Clock clock;
  private final JobWatcher watcher;

  /**
   * @param watcher told of jobs that end
   */
  JobLog(Clock clock, JobWatcher watcher) {
    this.clock = clock;
    this.watcher = watcher;
  }

  /**
   * Ends a job.
   *
   * @param end a final state
   */
  void end(Connection connection, String id, JobState end, @Nullable Problem why)
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
    // How far it was at what time is of no interest any more.
    Sql.of("delete from job_events where job_id = ? and type = 'progress'", id).update(connection);
    event(connection, id, 1, "state", state(end, why));
    event(connection, id, 0, "end", state(end, why));
    watcher.changed(connection, id, end);
  }

  void problem(Connection connection, String id, @Nullable Problem why) throws SQLException {
    Sql.of(
            "update job_details set problem = ? where job_id = ?",
            why == null ? null : Json.line(why.shortened()),
            id)
        .update(connection);
  }

  /** The number of an event is the job's count of them, less those that come behind it. */
  void event(Connection connection, String id, int behind, String type, String data)
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

  static String state(JobState state, @Nullable Problem why) {
    return Json.line(
        why == null
            ? Map.of("state", state.id())
            : Map.of("state", state.id(), "problem", why.shortened()));
  }
}
