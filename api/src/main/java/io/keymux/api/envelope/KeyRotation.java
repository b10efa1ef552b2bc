package io.keymux.api.envelope;

import io.keymux.cpix.DrmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts wrapped keys anew that are not under the first key-encryption key, while the service
 * runs. Values are not touched: their data keys stay the same.
 */
final class KeyRotation implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KeyRotation.class);
  private static final int BATCH = 100;

  private final WrappedKeys rows;
  private final KeyRing ring;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "keymux-key-rotation");
            made.setDaemon(true);
            return made;
          });

  KeyRotation(WrappedKeys rows, KeyRing ring) {
    this.rows = rows;
    this.ring = ring;
  }

  /**
   * Begins now.
   *
   * @param pause until it is looked again: nodes that start later with the former configuration
   *     make keys under the former key
   */
  void start(Duration pause) {
    var unused =
        thread.scheduleWithFixedDelay(this::tried, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void tried() {
    try {
      int count = run();
      if (count > 0) {
        log.info("{} keys are encrypted anew under {}", count, ring.first());
      }
    } catch (DrmException e) {
      log.warn("keys stay under a former key-encryption key: {}", e.problem());
    } catch (RuntimeException e) {
      log.error("keys stay under a former key-encryption key", e);
    }
  }

  /**
   * Encrypts all of them that this ring can decrypt; gives how many it were.
   *
   * @throws EnvelopeException as {@link WrappedKey#unwrap}, of the first that it cannot
   */
  int run() {
    int count = 0;
    while (true) {
      List<WrappedKey> former = rows.notUnder(ring.first(), BATCH);
      if (former.isEmpty()) {
        return count;
      }
      for (WrappedKey key : former) {
        if (rows.replace(key, key.again(ring))) {
          count++;
        }
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
