package io.keymux.api.database;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * The database's time: what nodes whose own clocks differ agree on. Between two readings it goes on
 * as this process counts, whatever happens to the machine's clock. To the microsecond, as rows keep
 * it.
 */
public final class DatabaseClock extends Clock {
  private static final long REFRESH_NANOS = Duration.ofMinutes(1).toNanos();

  private final Database database;
  private volatile Reading last;

  private record Reading(Instant time, long nanos) {}

  private DatabaseClock(Database database, Reading first) {
    this.database = database;
    this.last = first;
  }

  /**
   * Reads the time once.
   *
   * @throws DatabaseException if the database does not answer
   */
  public static DatabaseClock of(Database database) {
    return new DatabaseClock(database, read(database));
  }

  private static Reading read(Database database) {
    long before = System.nanoTime();
    Instant time =
        database.with(
            connection ->
                Sql.of("select current_timestamp as t")
                    .first(connection, row -> Objects.requireNonNull(Sql.instant(row, "t")))
                    .orElseThrow());
    long after = System.nanoTime();
    return new Reading(time, before + (after - before) / 2);
  }

  /** Reads the time again if the last reading is old; without an answer it just goes on. */
  public void refresh() {
    if (System.nanoTime() - last.nanos() > REFRESH_NANOS) {
      last = read(database);
    }
  }

  @Override
  public Instant instant() {
    Reading reading = last;
    return reading
        .time()
        .plusNanos(System.nanoTime() - reading.nanos())
        .truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return Clock.fixed(instant(), zone);
  }
}
