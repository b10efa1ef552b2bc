package io.keymux.keyserver.http;

import java.time.Duration;

/**
 * How long, how often and how much.
 *
 * @param connect for one connection
 * @param attempt for one attempt, from the first byte out to the last byte in
 * @param total for all attempts and the pauses between
 * @param attempts at least 1
 * @param pause longest pause before the second attempt; doubles with every further one. The actual
 *     pause is random between zero and that, so that workers do not come back in step
 * @param responseBytes largest body that is read
 */
public record HttpLimits(
    Duration connect,
    Duration attempt,
    Duration total,
    int attempts,
    Duration pause,
    int responseBytes) {
  /** 5 s, 15 s and 30 s; 4 attempts, half a second of pause; 4 MiB. */
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          4,
          Duration.ofMillis(500),
          4 << 20);

  public HttpLimits {
    requirePositive(connect, "connect time-out");
    requirePositive(attempt, "attempt time-out");
    requirePositive(total, "total time-out");
    if (pause.isNegative()) {
      throw new IllegalArgumentException("the pause is negative: " + pause);
    }
    if (attempts < 1 || responseBytes < 1) {
      throw new IllegalArgumentException(
          "attempts %d and response bytes %d must be positive".formatted(attempts, responseBytes));
    }
  }

  /** Upper bound of the pause after attempt {@code number} (from 1) failed. */
  Duration pauseAfter(int number) {
    return pause.multipliedBy(1L << Math.min(number - 1, 10));
  }

  /** The same with other time-outs. */
  public HttpLimits withTimeouts(Duration toConnect, Duration forAttempt, Duration inAll) {
    return new HttpLimits(toConnect, forAttempt, inAll, attempts, pause, responseBytes);
  }

  /** The same with other repetitions. */
  public HttpLimits withAttempts(int most, Duration firstPause) {
    return new HttpLimits(connect, attempt, total, most, firstPause, responseBytes);
  }

  /** The same for larger or smaller answers. */
  public HttpLimits withResponseBytes(int largest) {
    return new HttpLimits(connect, attempt, total, attempts, pause, largest);
  }

  private static void requirePositive(Duration duration, String what) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("the " + what + " must be positive: " + duration);
    }
  }
}
