package io.keymux.api.queue;

import io.keymux.api.database.DatabaseException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Asks the database again while it is away for a moment: what a worker has done is worth more than
 * a minute.
 */
public final class Patience {
  private static final long LIMIT_NANOS = Duration.ofSeconds(60).toNanos();
  private static final long PAUSE_MILLIS = 250;

  private Patience() {}

  /**
   * What the question gives, once the database answers it.
   *
   * @throws DatabaseException if the database is away for a minute, the thread is interrupted
   *     meanwhile, or asking again is in vain
   */
  public static <T> T ask(Supplier<T> question) {
    long start = System.nanoTime();
    while (true) {
      try {
        return question.get();
      } catch (DatabaseException e) {
        if (!e.mayPass() || System.nanoTime() - start > LIMIT_NANOS) {
          throw e;
        }
        try {
          Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw e;
        }
      }
    }
  }
}
