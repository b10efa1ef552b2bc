package io.keymux.api.mps.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.api.json.Json;
import io.keymux.api.mps.problem.MpsException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps tasks and the session ids that they took. */
public final class TaskStore {
  private final Database database;

  public TaskStore(Database database) {
    this.database = database;
  }

  /**
   * Keeps a new task within a transaction of the caller's.
   *
   * @param sessionsSince an older task with the same session id does not count
   * @throws MpsException with code {@code InvalidParameterValue.SessionId} if a task of the tenant
   *     has the same session id
   */
  void add(Connection connection, MpsTask task, Instant sessionsSince) throws SQLException {
    if (!task.sessionId().isEmpty()) {
      Sql.of(
              "delete from mps_sessions where tenant = ? and session_id = ? and created_at < ?",
              task.tenant(),
              task.sessionId(),
              sessionsSince)
          .update(connection);
      int taken =
          Sql.of(
                  "insert into mps_sessions (tenant, session_id, created_at) values (?, ?, ?)"
                      + " on conflict do nothing",
                  task.tenant(),
                  task.sessionId(),
                  task.created())
              .update(connection);
      if (taken == 0) {
        throw MpsException.invalidValue(
            "SessionId",
            "SessionId",
            "was used for another task in the last days",
            "Use another for a new task; the first call started one.");
      }
    }
    Sql.of(
            "insert into mps_tasks (id, tenant, created_at, task) values (?, ?, ?, ?)",
            task.id(),
            task.tenant(),
            task.created(),
            Json.line(task))
        .update(connection);
  }

  Optional<MpsTask> find(String tenant, String id) {
    return database.with(
        connection ->
            Sql.of("select task from mps_tasks where id = ? and tenant = ?", id, tenant)
                .first(connection, row -> task(row.getString(1))));
  }

  /**
   * Tasks from the newest to the oldest.
   *
   * @param before the id of the last task already seen, or null to start with the newest
   * @param from created then or later, or null for any time
   * @param to created before then, or null for any time
   * @param limit at least 1
   */
  List<MpsTask> list(
      String tenant,
      @Nullable String before,
      @Nullable Instant from,
      @Nullable Instant to,
      int limit) {
    StringBuilder where = new StringBuilder("select task from mps_tasks where tenant = ?");
    List<@Nullable Object> arguments = new ArrayList<>(List.of(tenant));
    if (before != null) {
      where.append(" and id < ?");
      arguments.add(before);
    }
    if (from != null) {
      where.append(" and created_at >= ?");
      arguments.add(from);
    }
    if (to != null) {
      where.append(" and created_at < ?");
      arguments.add(to);
    }
    arguments.add(limit);
    // The tenant is the same in all rows; named, it lets H2 read the index in order.
    Sql sql = new Sql(where + " order by tenant, id desc limit ?", arguments);
    return database.with(connection -> sql.list(connection, row -> task(row.getString(1))));
  }

  /** Forgets tasks older than a time, what was still to be told of them, and session ids. */
  public void forget(Instant tasks, Instant sessions) {
    database.with(
        connection -> {
          Sql.of("delete from mps_sessions where created_at < ?", sessions).update(connection);
          return Sql.of("delete from mps_tasks where created_at < ?", tasks).update(connection);
        });
  }

  private static MpsTask task(String json) {
    return Json.read(json.getBytes(UTF_8), MpsTask.class);
  }
}
