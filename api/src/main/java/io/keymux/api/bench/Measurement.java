package io.keymux.api.bench;

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
}
