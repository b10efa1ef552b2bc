package io.keymux.api.store;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Chooses which jobs are handed to the scheduler next: of each tenant at most as many as may run at
 * once, so that nobody's thousand jobs stand before somebody else's one. The most urgent first, of
 * equally urgent ones the oldest.
 */
public final class Releases {
  private final Database database;
  private final Clock clock;

  public Releases(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Hands a job to the scheduler, in the same transaction. */
  @FunctionalInterface
  public interface Schedule {
    void add(Connection connection, String jobId, int priority) throws SQLException;
  }

  /** How many jobs of a tenant may run at once, in all nodes together. */
  @FunctionalInterface
  public interface Limits {
    int of(String tenant);
  }

  /**
   * Releases what may run now.
   *
   * @return how many jobs were released
   */
  public int release(Limits limits, Schedule schedule) {
    wake();
    List<String> tenants =
        database.with(
            connection ->
                Sql.of(
                        """
                        select t.name from tenants t where exists (
                          select 1 from jobs j where j.tenant = t.name and j.state = 'queued'
                            and j.released = false and j.later = false)
                        """)
                    .list(connection, row -> row.getString(1)));
    int released = 0;
    for (String tenant : tenants) {
      released += release(tenant, limits.of(tenant), schedule);
    }
    return released;
  }

  /** Jobs that waited for a time that has come wait for nothing but their turn. */
  private void wake() {
    database.with(
        connection ->
            Sql.of(
                    "update jobs set later = false where later = true and not_before <= ?",
                    clock.instant())
                .update(connection));
  }

  private int release(String tenant, int limit, Schedule schedule) {
    return database.transaction(
        connection -> {
          Sql.of("select name from tenants where name = ? for update", tenant)
              .first(connection, row -> row.getString(1));
          int released =
              Sql.of("select count(*) from jobs where tenant = ? and released = true", tenant)
                  .first(connection, row -> row.getInt(1))
                  .orElseThrow();
          if (released >= limit) {
            return 0;
          }
          // The first four are the same in all rows; named, they let H2 read the index in order.
          List<String> next =
              Sql.of(
                      """
                      select id from jobs where tenant = ? and state = 'queued'
                        and released = false and later = false
                      order by tenant, released, state, later, priority desc, id limit ?
                      """,
                      tenant,
                      limit - released)
                  .list(connection, row -> row.getString(1));
          int added = 0;
          for (String id : next) {
            int changed =
                Sql.of(
                        "update jobs set released = true"
                            + " where id = ? and state = 'queued' and not released",
                        id)
                    .update(connection);
            if (changed == 1) {
              schedule.add(connection, id, Turns.priority(released + added));
              added++;
            }
          }
          return added;
        });
  }

  /** Lets a tenant's jobs be found by {@link #release}. */
  static void know(Connection connection, String tenant) throws SQLException {
    boolean known =
        Sql.of("select 1 from tenants where name = ?", tenant)
            .first(connection, row -> true)
            .isPresent();
    if (!known) {
      Sql.of("insert into tenants (name) values (?) on conflict do nothing", tenant)
          .update(connection);
    }
  }

  /**
   * Released jobs that the scheduler does not know of.
   *
   * @param taskName under which it knows jobs
   */
  public List<String> lost(String taskName) {
    return database.with(
        connection ->
            Sql.of(
                    """
                    select j.id from jobs j where j.released = true
                      and not exists (select 1 from scheduled_tasks t
                        where t.task_name = ? and t.task_instance = j.id)
                    """,
                    taskName)
                .list(connection, row -> row.getString(1)));
  }

  /**
   * Hands out now what waits for longer than jobs ever do: the database's clock was put back.
   *
   * @param longest pause of a job
   */
  public void hasten(Duration longest) {
    Instant now = clock.instant();
    database.with(
        connection ->
            Sql.of(
                    "update jobs set not_before = ?"
                        + " where later = true and not_before > ? and tries > 0",
                    now,
                    now.plus(longest))
                .update(connection));
    database.with(
        connection ->
            Sql.of(
                    "update scheduled_tasks set execution_time = ?, version = version + 1"
                        + " where not picked and execution_time > ?",
                    now,
                    now.plus(longest))
                .update(connection));
  }
}
