package io.keymux.packager.tool;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a running process has used so far, by samples. Both values only grow, so the last sample is
 * the best.
 */
public final class ProcessUsage {
  /** Makes the kernel forget the peak. */
  private static final String CLEAR_PEAK = "5";

  private final ProcessHandle process;
  private final Path status;
  private Duration cpu = Duration.ZERO;
  private long peakRssBytes;

  ProcessUsage(ProcessHandle process) {
    this.process = process;
    this.status = status(process);
  }

  /** That of this JVM, with a peak that starts now where the system allows that. */
  public static ProcessUsage ofThisProcess() {
    ProcessUsage usage = new ProcessUsage(ProcessHandle.current());
    try {
      Files.writeString(usage.status.resolveSibling("clear_refs"), CLEAR_PEAK);
    } catch (IOException e) {
      // No /proc, or not allowed: the peak then counts from the start of the process.
    }
    usage.sample();
    return usage;
  }

  /** Looks anew. */
  public void sample() {
    process.info().totalCpuDuration().ifPresent(used -> cpu = used);
    peakRssBytes = Math.max(peakRssBytes, peakRssBytes(status));
  }

  /** Looks anew, also at the peaks of other processes; the largest single one counts. */
  void sample(Iterable<ProcessHandle> others) {
    sample();
    for (ProcessHandle other : others) {
      peakRssBytes = Math.max(peakRssBytes, peakRssBytes(status(other)));
    }
  }

  /** User and system time since the process started; 0 where the system does not tell. */
  public Duration cpu() {
    return cpu;
  }

  /** The largest resident set; 0 where there is no {@code /proc}. */
  public long peakRssBytes() {
    return peakRssBytes;
  }

  private static Path status(ProcessHandle process) {
    return Path.of("/proc", Long.toString(process.pid()), "status");
  }

  /** {@code VmHWM} of a process, in bytes; 0 if it has ended or the system has no such file. */
  static long peakRssBytes(Path status) {
    try {
      for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }
}
