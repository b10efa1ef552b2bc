package io.keymux.api.queue;

import io.keymux.api.store.LifeSign;
import io.keymux.api.store.LifeSigns;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds workers that died: their signs of life stay the same for long, as this process counts. What
 * time a sign names does not matter, so no clock that is put forward or back makes anybody dead.
 * Only a process that has just started believes these times, in part, so that it goes on where one
 * that died had counted to; but a heartbeat that does not come it must have seen itself.
 */
final class SilentWorkers {
  private final LifeSigns lifeSigns;
  private final long heartbeatNanos;
  private final int missed;
  private final LongSupplier nanoTime;
  private final Clock clock;
  private @Nullable Map<LifeSign, Long> silences;
  private long lastNanos;

  /**
   * @param heartbeat how often a worker tells that it lives
   * @param missed after how many heartbeats that did not come it is taken for dead
   * @param nanoTime as {@link System#nanoTime}
   * @param clock of the database
   */
  SilentWorkers(
      LifeSigns lifeSigns, Duration heartbeat, int missed, LongSupplier nanoTime, Clock clock) {
    this.lifeSigns = lifeSigns;
    this.heartbeatNanos = heartbeat.toNanos();
    this.missed = missed;
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.lastNanos = nanoTime.getAsLong();
  }

  /**
   * Lets attempts of dead workers be repeated; to be called at least once a heartbeat.
   *
   * @return how many there were
   * @throws io.keymux.api.database.DatabaseException if the database does not answer
   */
  int revive() {
    Map<LifeSign, Long> next = new HashMap<>();
    int revived = 0;
    var signs = lifeSigns.all();
    long now = nanoTime.getAsLong();
    // While the database was away, or this process was held up, nobody was seen to be silent.
    long step = Math.min(now - lastNanos, heartbeatNanos);
    lastNanos = now;
    for (LifeSign sign : signs) {
      long silence = silences == null ? toldSilence(sign.at()) : silence(silences.get(sign), step);
      if (silence < missed * heartbeatNanos) {
        next.put(sign, silence);
      } else if (lifeSigns.revive(sign)) {
        revived++;
      }
    }
    silences = next;
    return revived;
  }

  private static long silence(@Nullable Long before, long step) {
    return before == null ? 0 : before + step;
  }

  private long toldSilence(@Nullable Instant sign) {
    if (sign == null) {
      return 0;
    }
    long most = (missed - 1) * heartbeatNanos;
    Duration age = Duration.between(sign, clock.instant());
    return age.isNegative() ? 0 : age.compareTo(Duration.ofNanos(most)) < 0 ? age.toNanos() : most;
  }
}
