package io.keymux.api.queue;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Makes job ids: 28 hex digits, in the order of their creation, not to be guessed. */
final class JobIds {
  private static final int RANDOM_BYTES = 8;
  private static final int MILLIS_DIGITS = 12;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{28}");

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

  /** When an id was made, by the clock of all nodes together. */
  static Instant madeAt(String id) {
    return Instant.ofEpochMilli(Long.parseLong(id.substring(0, MILLIS_DIGITS), 16));
  }

  /** Whether a text can be one. */
  static boolean isOne(String id) {
    return FORM.matcher(id).matches();
  }
}
