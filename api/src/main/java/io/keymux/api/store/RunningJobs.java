package io.keymux.api.store;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the database says of jobs that a worker runs. */
public final class RunningJobs {
  private final Database database;

  public RunningJobs(Database database) {
    this.database = database;
  }

  /**
   * @param goOn attempts that are still their jobs'
   * @param cancel those of them that are to stop
   */
  public record Orders(Set<Attempt> goOn, Set<Attempt> cancel) {}

  /** What is to be done with attempts. */
  public Orders orders(Collection<Attempt> attempts) {
    Orders orders = new Orders(new HashSet<>(), new HashSet<>());
    if (attempts.isEmpty()) {
      return orders;
    }
    Sql sql =
        new Sql(
            "select id, attempt, cancel_requested from jobs where finished_at is null and id in ("
                + Sql.marks(attempts.size())
                + ")",
            List.copyOf(attempts.stream().map(Attempt::jobId).toList()));
    database.with(
        connection ->
            sql.list(
                connection,
                row -> {
                  Attempt attempt = new Attempt(row.getString(1), row.getInt(2));
                  orders.goOn().add(attempt);
                  if (row.getBoolean(3)) {
                    orders.cancel().add(attempt);
                  }
                  return attempt;
                }));
    return orders;
  }
}
