package io.keymux.packager.isobmff;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Any file is a movie whose samples lie inside it, or refused; its sample entries are read or
 * refused, and its samples divided whole or refused. All that in little time and memory.
 */
class MovieReaderFuzzTest {
  private static final long MAX_CPU_NANOS = 1_000_000_000;
  private static final long MAX_ALLOCATED = 64 << 20;

  @FuzzTest(maxDuration = "150s")
  void read_anyFile_movieOrRefused(byte[] input) {
    // Once for the classes that the first input loads, which cost more than any file does.
    MovieFuzz.read(input);
    long before = threads().getThreadAllocatedBytes(Thread.currentThread().getId());
    long start = threads().getCurrentThreadCpuTime();
    MovieFuzz.read(input);
    assertThat(threads().getCurrentThreadCpuTime() - start).as("ns").isLessThan(MAX_CPU_NANOS);
    assertThat(threads().getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
        .as("bytes allocated")
        .isLessThan(MAX_ALLOCATED);
  }

  private static ThreadMXBean threads() {
    return (ThreadMXBean) ManagementFactory.getThreadMXBean();
  }
}
