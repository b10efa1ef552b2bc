package io.keymux.cpix;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What holds for any input: it is read, or refused with a code, within a second. Anything else that
 * is thrown, a stack overflow among it, is a finding.
 */
public final class FuzzedInput {
  private FuzzedInput() {}

  public static void isReadOrRefused(Runnable reading) {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    try {
      reading.run();
    } catch (DrmException e) {
      assertThat(e.code()).matches("[a-z0-9]+(-[a-z0-9]+)+");
      assertThat(e.problem()).isNotBlank();
      assertThat(e.remedy()).isNotBlank();
    }
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    assertThat(Duration.ofNanos(nanos)).isLessThan(Duration.ofSeconds(1));
  }
}
