package io.keymux.api.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * User and system time of all ended children of this JVM and of what they waited for themselves, as
 * the kernel adds it up: exact to a tick of 10 ms, unlike samples. The JVM waits for each child, so
 * its time is in the sum once its end is known.
 *
 * @see "proc(5), /proc/pid/stat, fields cutime and cstime"
 */
final class ChildCpu {
  private static final Path STAT = Path.of("/proc/self/stat");

  /** USER_HZ, the same on all processors that JDK 17 runs on. */
  private static final int TICKS_PER_SECOND = 100;

  /** Counted from the state, which follows the name in parentheses. */
  private static final int CUTIME = 13;

  private ChildCpu() {}

  /** So far; empty where there is no {@code /proc}. */
  static Optional<Duration> total() {
    try {
      return Optional.of(parse(Files.readString(STAT, StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * @param stat the content of {@code /proc/PID/stat}; the name in it may hold anything
   */
  static Duration parse(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[CUTIME]) + Long.parseLong(fields[CUTIME + 1]);
    return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
  }
}
