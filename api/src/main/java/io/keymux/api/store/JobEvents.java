package io.keymux.api.store;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.api.job.JobEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what happened to jobs. */
public final class JobEvents {
  private final Database database;

  public JobEvents(Database database) {
    this.database = database;
  }

  /**
   * Events of a job in order.
   *
   * @param after the number of the last one that is known already, 0 for none
   */
  public List<JobEvent> after(String jobId, long after) {
    return database.with(
        connection ->
            Sql.of(
                    "select id, type, data from job_events where job_id = ? and id > ? order by id",
                    jobId,
                    after)
                .list(
                    connection,
                    row -> new JobEvent(row.getLong(1), row.getString(2), row.getString(3))));
  }

  /**
   * The number of the last event of each job; a job that does not exist has none.
   *
   * @param jobIds at most a few hundred
   */
  public Map<String, Long> last(Collection<String> jobIds) {
    Map<String, Long> last = new HashMap<>();
    if (!jobIds.isEmpty()) {
      Sql sql =
          new Sql(
              "select id, last_event from jobs where id in (" + Sql.marks(jobIds.size()) + ")",
              List.copyOf(jobIds));
      database.with(
          connection -> sql.list(connection, row -> last.put(row.getString(1), row.getLong(2))));
    }
    return last;
  }
}
