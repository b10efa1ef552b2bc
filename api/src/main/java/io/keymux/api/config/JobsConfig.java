package io.keymux.api.config;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code jobs} as it is written; what is missing is as in {@link
 * QueueSettings#DEFAULT}.
 *
 * @param tries how often a job is started before it is given up
 * @param retryDelaySeconds how long a job waits that failed in a way that may pass; doubled each
 *     time
 * @param heartbeatSeconds how often a worker tells that it lives
 * @param drainSeconds how long jobs may go on when the service is told to end
 * @param retentionDays how long jobs are kept after their end
 * @param tenants limits by tenant
 */
public record JobsConfig(
    @Nullable Integer tries,
    @Nullable Integer retryDelaySeconds,
    @Nullable Integer heartbeatSeconds,
    @Nullable Integer drainSeconds,
    @Nullable Integer retentionDays,
    @Nullable Map<String, Limits> tenants) {

  /**
   * Limits of a tenant, in all nodes together.
   *
   * @param running how many jobs run at once
   * @param waiting how many jobs wait
   */
  public record Limits(@Nullable Integer running, @Nullable Integer waiting) {}

  static QueueSettings resolve(@Nullable JobsConfig config, int workers) {
    QueueSettings usual = QueueSettings.DEFAULT;
    if (config == null) {
      return usual.withWorkers(workers);
    }
    Map<String, TenantLimits> limits = new LinkedHashMap<>();
    if (config.tenants() != null) {
      config
          .tenants()
          .forEach(
              (tenant, given) -> {
                TenantLimits base = TenantLimits.DEFAULT;
                String at = "jobs.tenants." + tenant;
                limits.put(
                    tenant,
                    new TenantLimits(
                        number(at + ".running", given.running(), 1, 10_000, base.running()),
                        number(at + ".waiting", given.waiting(), 1, 10_000_000, base.waiting())));
              });
    }
    return new QueueSettings(
        workers,
        number("jobs.tries", config.tries(), 1, 100, usual.tries()),
        seconds("jobs.retryDelaySeconds", config.retryDelaySeconds(), 3600, usual.retryDelay()),
        seconds("jobs.heartbeatSeconds", config.heartbeatSeconds(), 300, usual.heartbeat()),
        seconds("jobs.drainSeconds", config.drainSeconds(), 86_400, usual.drain()),
        config.retentionDays() == null
            ? usual.retention()
            : Duration.ofDays(number("jobs.retentionDays", config.retentionDays(), 7, 3650, 30)),
        limits);
  }

  private static Duration seconds(
      String name, @Nullable Integer value, int most, Duration fallback) {
    return value == null ? fallback : Duration.ofSeconds(number(name, value, 1, most, 1));
  }

  private static int number(
      String name, @Nullable Integer value, int least, int most, int fallback) {
    if (value == null) {
      return fallback;
    }
    if (value < least || value > most) {
      throw new DrmException(
          Blame.CALLER,
          "invalid-config",
          "%s is %d.".formatted(name, value),
          "Use %d to %d.".formatted(least, most));
    }
    return value;
  }
}
