package io.keymux.api.access;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What was signed and taken already, by any node of a database. All methods throw {@link
 * io.keymux.api.database.DatabaseException} if the database does not answer.
 */
final class SeenSignatures {
  private static final Duration SWEPT_EVERY = Duration.ofMinutes(1);

  private final Database database;
  private final Clock clock;
  private final AtomicReference<Instant> nextSweep = new AtomicReference<>(Instant.EPOCH);

  SeenSignatures(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Whether nobody has taken this one yet; from now on somebody has.
   *
   * @param signature 64 hex digits
   * @param kept how long it may come again
   */
  boolean isFirst(String signature, Duration kept) {
    Instant now = clock.instant();
    sweep(now);
    return database.transaction(
            connection ->
                Sql.of(
                        "insert into seen_signatures (signature, until) values (?, ?)"
                            + " on conflict do nothing",
                        signature,
                        now.plus(kept))
                    .update(connection))
        == 1;
  }

  private void sweep(Instant now) {
    Instant due = nextSweep.get();
    if (now.isAfter(due) && nextSweep.compareAndSet(due, now.plus(SWEPT_EVERY))) {
      database.with(
          connection ->
              Sql.of("delete from seen_signatures where until < ?", now).update(connection));
    }
  }
}
