package io.keymux.api.metrics;

import io.keymux.api.database.Database;
import io.keymux.api.database.DatabaseException;
import io.keymux.api.database.Sql;
import io.keymux.api.queue.QueueCounts;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What waits and runs in the database of all nodes, counted at most every few seconds however often
 * it is read. It is not a number while the database is away.
 */
public final class QueueMeters {
  private static final Duration GOOD_FOR = Duration.ofSeconds(5);

  private final Database database;
  private final Clock clock;
  private Map<Kind, Double> counts = Map.of();
  private Instant counted = Instant.MIN;

  private enum Kind {
    WAITING,
    RUNNING,
    OLDEST
  }

  private QueueMeters(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * @param counts of this node
   * @param clock of all nodes together
   */
  public static void install(Meters meters, Database database, QueueCounts counts, Clock clock) {
    QueueMeters queue = new QueueMeters(database, clock);
    String jobs = "Jobs of all nodes that have not ended";
    meters.gauge("keymux.jobs", jobs, () -> queue.get(Kind.WAITING), "state", "queued");
    meters.gauge("keymux.jobs", jobs, () -> queue.get(Kind.RUNNING), "state", "running");
    meters.gauge(
        "keymux.queue.oldest.seconds",
        "How long the job that waits longest has waited since it could have started",
        () -> queue.get(Kind.OLDEST));
    String lost = "Attempts that were taken from a worker: as it, and as the node that found out";
    meters.counter("keymux.lease.losses", lost, counts::supersededAttempts, "seen", "by-worker");
    meters.counter("keymux.lease.losses", lost, counts::revivedAttempts, "seen", "by-others");
  }

  private synchronized double get(Kind kind) {
    try {
      Instant now = clock.instant();
      if (counted.isBefore(now.minus(GOOD_FOR))) {
        counts = count(now);
        counted = now;
      }
    } catch (DatabaseException e) {
      return Double.NaN;
    }
    return counts.getOrDefault(kind, Double.NaN);
  }

  private Map<Kind, Double> count(Instant now) {
    Map<Kind, Double> found = new EnumMap<>(Kind.class);
    return database.with(
        connection -> {
          found.put(
              Kind.WAITING,
              number(connection, Sql.of("select count(*) from jobs where state = 'queued'")));
          found.put(
              Kind.RUNNING,
              number(
                  connection,
                  Sql.of(
                      "select count(*) from jobs where state not in"
                          + " ('queued', 'succeeded', 'failed', 'cancelled')")));
          found.put(
              Kind.OLDEST,
              Sql.of(
                      "select coalesce(start_at, created_at) as since from jobs"
                          + " where state = 'queued' and (start_at is null or start_at <= ?)"
                          + " order by since limit 1",
                      now)
                  .first(connection, row -> age(row, now))
                  .orElse(0.0));
          return found;
        });
  }

  private static double age(ResultSet row, Instant now) throws SQLException {
    Instant since = Objects.requireNonNull(Sql.instant(row, "since"));
    return Math.max(0, Duration.between(since, now).toMillis() / 1e3);
  }

  private static double number(Connection connection, Sql sql) throws SQLException {
    return sql.list(connection, row -> row.getDouble(1)).get(0);
  }
}
