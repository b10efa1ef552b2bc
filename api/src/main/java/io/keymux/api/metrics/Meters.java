package io.keymux.api.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * The meters of one service. Safe for use by several threads.
 *
 * @see "OpenMetrics and Prometheus text format 0.0.4"
 */
public final class Meters implements AutoCloseable {
  private static final Duration[] EXCHANGE = seconds(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30);
  private static final Duration[] ATTEMPT = seconds(0.1, 0.5, 1, 5, 15, 60, 300, 1800, 7200);
  private static final Duration[] REQUEST = seconds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final Counter packaged =
      Counter.builder("keymux.packaged.bytes")
          .description("Bytes of input that this node has packaged")
          .register(registry);

  public Meters() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  /**
   * A key server was asked.
   *
   * @param profile of its account, {@code embedded} or {@code own-key}
   * @param outcome {@code ok}, or the code of what failed
   */
  public void keyExchange(String profile, String outcome, Duration took) {
    Timer.builder("keymux.key.exchange")
        .description("How long key servers take to answer jobs")
        .serviceLevelObjectives(EXCHANGE)
        .tag("profile", profile)
        .tag("outcome", outcome)
        .register(registry)
        .record(took);
  }

  /**
   * An attempt of a job ended here.
   *
   * @param outcome {@code ok}, or the code of what failed or stopped it
   */
  public void attempt(String outcome, Duration took) {
    Timer.builder("keymux.job.attempt")
        .description("How long this node worked on attempts of jobs")
        .serviceLevelObjectives(ATTEMPT)
        .tag("outcome", outcome)
        .register(registry)
        .record(took);
  }

  /** Input was packaged. */
  public void packaged(long bytes) {
    packaged.increment((double) bytes);
  }

  /**
   * A request was answered.
   *
   * @param route as openapi.yaml has it, or {@code none}
   */
  public void request(String method, String route, int status, Duration took) {
    Timer.builder("keymux.http.request")
        .description("How long requests took until the answer began")
        .serviceLevelObjectives(REQUEST)
        .tag("method", method)
        .tag("route", route)
        .tag("status", String.valueOf(status))
        .register(registry)
        .record(took);
  }

  /**
   * Something that goes up and down, asked for at each reading.
   *
   * @param name with dots
   * @param tags names and values by turns
   */
  public void gauge(String name, String description, DoubleSupplier value, String... tags) {
    Gauge.builder(name, value::getAsDouble)
        .description(description)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  /** Something that only goes up, counted elsewhere. */
  public void counter(String name, String description, LongSupplier value, String... tags) {
    FunctionCounter.builder(name, value, LongSupplier::getAsLong)
        .description(description)
        .tags(tags)
        .register(registry);
  }

  /** All of it, in the text format of Prometheus. */
  public String text() {
    return registry.scrape();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }

  private static Duration[] seconds(double... seconds) {
    Duration[] all = new Duration[seconds.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = Duration.ofMillis(Math.round(seconds[i] * 1000));
    }
    return all;
  }
}
