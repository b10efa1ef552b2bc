package io.keymux.api.store;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.api.job.JobState;

/** Counts the jobs that wait. */
public final class WaitingJobs {
  /** Some milliseconds of the database's time. */
  private static final int AT_ONCE = 1_000;

  /** Ids are hexadecimal. */
  private static final String AFTER_ALL = "z";

  private final Database database;

  public WaitingJobs(Database database) {
    this.database = database;
  }

  /**
   * @param before the id from which on to count, from the newest to the oldest
   */
  private record Step(int count, String before) {}

  /**
   * How many jobs of a tenant wait. Counted in steps, between which others have their turn, so it
   * is right only while none comes or goes.
   *
   * @param atMost where counting ends
   */
  public int count(String tenant, int atMost) {
    int counted = 0;
    String before = AFTER_ALL;
    while (counted < atMost) {
      Step step = step(tenant, before, Math.min(AT_ONCE, atMost - counted));
      counted += step.count();
      if (step.count() < AT_ONCE) {
        return counted;
      }
      before = step.before();
    }
    return counted;
  }

  private Step step(String tenant, String before, int limit) {
    // What is the same in all rows is named, so that H2 reads the index in order.
    return database.with(
        connection ->
            Sql.of(
                    """
                    select count(*), min(id) from (
                      select id from jobs where tenant = ? and state = ? and id < ?
                      order by tenant, state, id desc limit ?) as step
                    """,
                    tenant,
                    JobState.QUEUED.id(),
                    before,
                    limit)
                .first(
                    connection,
                    row -> {
                      int count = row.getInt(1);
                      return new Step(count, count == 0 ? before : row.getString(2));
                    })
                .orElseThrow());
  }
}
