package io.keymux.api.bench;

import io.keymux.packager.tool.ProcessUsage;
import java.time.Duration;

/**
 * One run of one case.
 *
 * @param wallSeconds from start to end
 * @param cpuSeconds user and system time of all its processes; 0 if the system does not tell
 * @param peakRssBytes of its largest process, as GNU time tells it: processes that run side by side
 *     are not added up; 0 if the system does not tell
 */
public record Measurement(double wallSeconds, double cpuSeconds, long peakRssBytes) {

  /** This, and then {@code next}. */
  Measurement then(Measurement next) {
    return new Measurement(
        wallSeconds + next.wallSeconds,
        cpuSeconds + next.cpuSeconds,
        Math.max(peakRssBytes, next.peakRssBytes));
  }

  /** Measures work in this process; its peak RSS is that of the process up to now. */
  static Measurement inProcess(Work work) throws InterruptedException {
    ProcessUsage usage = ProcessUsage.ofThisProcess();
    Duration before = usage.cpu();
    long start = System.nanoTime();
    work.run();
    double wall = (System.nanoTime() - start) / 1e9;
    usage.sample();
    return new Measurement(wall, usage.cpu().minus(before).toNanos() / 1e9, usage.peakRssBytes());
  }

  /** What is measured. */
  interface Work {
    void run() throws InterruptedException;
  }
}
