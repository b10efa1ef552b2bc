package io.keymux.api.config;

import java.time.Duration;
import java.util.Map;

/**
 * How jobs wait and run.
 *
 * @param workers how many jobs this node runs at once, at least 1
 * @param tries how often a job is started before it is given up, at least 1
 * @param retryDelay how long a job waits that failed in a way that may pass; doubled each time
 * @param heartbeat how often a worker tells that it lives; one that is silent for four times as
 *     long is taken for dead
 * @param drain how long jobs may go on when the service is told to end
 * @param retention how long jobs are kept after their end
 * @param limits by tenant
 */
public record QueueSettings(
    int workers,
    int tries,
    Duration retryDelay,
    Duration heartbeat,
    Duration drain,
    Duration retention,
    Map<String, TenantLimits> limits) {
  /** How many heartbeats a worker may miss before it is taken for dead. */
  public static final int MISSED_HEARTBEATS = 4;

  /** Whose jobs come without a credential. */
  public static final String DEFAULT_TENANT = "default";

  /** One worker, five tries. */
  public static final QueueSettings DEFAULT =
      new QueueSettings(
          1,
          5,
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofDays(30),
          Map.of());

  public QueueSettings {
    limits = Map.copyOf(limits);
    if (workers < 1 || tries < 1) {
      throw new IllegalArgumentException(workers + " workers, " + tries + " tries");
    }
  }

  /** The same with another number of workers. */
  public QueueSettings withWorkers(int count) {
    return new QueueSettings(count, tries, retryDelay, heartbeat, drain, retention, limits);
  }

  /** What a tenant may have at once. */
  public TenantLimits limits(String tenant) {
    return limits.getOrDefault(tenant, TenantLimits.DEFAULT);
  }

  /** How long a job waits before its next try. */
  public Duration delayAfter(int tried) {
    return retryDelay.multipliedBy(1L << Math.min(6, Math.max(0, tried - 1)));
  }

  /** The longest that a job waits before its next try. */
  public Duration longestDelay() {
    return delayAfter(Integer.MAX_VALUE);
  }
}
