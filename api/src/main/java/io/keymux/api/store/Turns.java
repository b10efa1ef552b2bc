package io.keymux.api.store;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says whose turn it is: the tenant with the fewest jobs that run comes first, and of its jobs the
 * most urgent one. What a tenant calls urgent goes before its own jobs only.
 *
 * <p>The scheduler takes jobs in the order of a number. It is written anew when what it follows
 * from has changed, so it lags behind by as much as jobs are looked at.
 */
public final class Turns {
  /** Of jobs that had begun when their worker died. */
  private static final int AT_ONCE = 1;

  /** The column holds 16 bits. */
  private static final int MOST_BEFORE = 30_000;

  private final Database database;

  public Turns(Database database) {
    this.database = database;
  }

  /**
   * What the scheduler orders jobs by.
   *
   * @param before how many jobs of the same tenant run or come before
   */
  static int priority(int before) {
    return -Math.min(before, MOST_BEFORE);
  }

  private record Handed(
      String id, String tenant, boolean begun, boolean runs, @Nullable Integer priority) {}

  /**
   * Orders what was handed to the scheduler.
   *
   * @param taskName under which it knows jobs
   */
  public void give(String taskName) {
    List<Handed> jobs = database.with(connection -> handed(connection, taskName));
    Map<String, Integer> before = new HashMap<>();
    for (Handed job : jobs) {
      if (job.runs()) {
        before.merge(job.tenant(), 1, Integer::sum);
      }
    }
    for (Handed job : jobs) {
      if (job.runs()) {
        continue;
      }
      int turn = job.begun() ? AT_ONCE : priority(before.merge(job.tenant(), 1, Integer::sum) - 1);
      if (job.priority() == null || job.priority() != turn) {
        database.with(
            connection ->
                Sql.of(
                        "update scheduled_tasks set priority = ?"
                            + " where task_name = ? and task_instance = ? and picked = false",
                        turn,
                        taskName,
                        job.id())
                    .update(connection));
      }
    }
  }

  private static List<Handed> handed(Connection connection, String taskName) throws SQLException {
    return Sql.of(
            """
            select j.id, j.tenant, j.state, t.picked, t.priority from scheduled_tasks t
              join jobs j on j.id = t.task_instance
              where t.task_name = ? order by j.priority desc, j.id
            """,
            taskName)
        .list(
            connection,
            row ->
                new Handed(
                    row.getString(1),
                    row.getString(2),
                    !row.getString(3).equals("queued"),
                    row.getBoolean(4),
                    row.getObject(5, Integer.class)));
  }
}
