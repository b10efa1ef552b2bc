package io.keymux.api.job;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;

/** Makes job ids: 28 hex digits, in the order of their creation, not to be guessed. */
final class JobIds {
  private static final int RANDOM_BYTES = 8;

  private final Clock clock;
  private final SecureRandom random;
  private long lastMillis;

  JobIds(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  synchronized String next() {
    lastMillis = Math.max(lastMillis + 1, clock.millis());
    byte[] tail = new byte[RANDOM_BYTES];
    random.nextBytes(tail);
    return "%012x".formatted(lastMillis) + HexFormat.of().formatHex(tail);
  }
}
