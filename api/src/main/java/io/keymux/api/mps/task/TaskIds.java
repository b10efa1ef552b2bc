package io.keymux.api.mps.task;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;

/** Makes task ids of Tencent's form, in the order of their creation, not to be guessed. */
final class TaskIds {
  private static final int RANDOM_BYTES = 10;

  private final String appId;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private long lastMillis;

  TaskIds(String appId, Clock clock) {
    this.appId = appId;
    this.clock = clock;
  }

  synchronized String next() {
    lastMillis = Math.max(lastMillis + 1, clock.millis());
    byte[] tail = new byte[RANDOM_BYTES];
    random.nextBytes(tail);
    return "%s-WorkflowTask-%012x%st0".formatted(appId, lastMillis, HexFormat.of().formatHex(tail));
  }
}
