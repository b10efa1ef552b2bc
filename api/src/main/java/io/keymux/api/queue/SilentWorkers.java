package io.keymux.api.queue;

import io.keymux.api.store.LifeSign;
import io.keymux.api.store.LifeSigns;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Finds workers that died: their signs of life stay the same for long, as this process counts. What
 * time a sign names does not matter, so no clock that is put forward or back makes anybody dead.
 */
final class SilentWorkers {
  private final LifeSigns lifeSigns;
  private final long heartbeatNanos;
  private final int missed;
  private final LongSupplier nanoTime;
  private Map<LifeSign, Long> silences = Map.of();
  private long lastNanos;

  /**
   * @param heartbeat how often a worker tells that it lives
   * @param missed after how many heartbeats that did not come it is taken for dead
   * @param nanoTime as {@link System#nanoTime}
   */
  SilentWorkers(LifeSigns lifeSigns, Duration heartbeat, int missed, LongSupplier nanoTime) {
    this.lifeSigns = lifeSigns;
    this.heartbeatNanos = heartbeat.toNanos();
    this.missed = missed;
    this.nanoTime = nanoTime;
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
      Long before = silences.get(sign);
      long silence = before == null ? 0 : before + step;
      if (silence < missed * heartbeatNanos) {
        next.put(sign, silence);
      } else if (lifeSigns.revive(sign)) {
        revived++;
      }
    }
    silences = next;
    return revived;
  }
}
