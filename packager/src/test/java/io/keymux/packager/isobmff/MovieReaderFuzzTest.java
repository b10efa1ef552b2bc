package io.keymux.packager.isobmff;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import io.keymux.cpix.DrmException;
import io.keymux.packager.codec.CodecReader;
import io.keymux.packager.codec.RangeSum;
import io.keymux.packager.codec.SampleParser;
import io.keymux.packager.codec.SubsampleCodec;
import java.lang.management.ManagementFactory;

/**
 * Any file is a movie whose samples lie inside it, or refused; its sample entries are read or
 * refused, and its samples divided whole or refused. All that in little time and memory.
 */
class MovieReaderFuzzTest {
  private static final long MAX_CPU_NANOS = 1_000_000_000;
  private static final long MAX_ALLOCATED = 64 << 20;

  /** Of each track, as many are parsed as a seed has. */
  private static final int PARSED_SAMPLES = 20;

  @FuzzTest(maxDuration = "150s")
  void read_anyFile_movieOrRefused(byte[] input) {
    // Once for the classes that the first input loads, which cost more than any file does.
    read(input);
    long before = threads().getThreadAllocatedBytes(Thread.currentThread().getId());
    long start = threads().getCurrentThreadCpuTime();
    read(input);
    assertThat(threads().getCurrentThreadCpuTime() - start).as("ns").isLessThan(MAX_CPU_NANOS);
    assertThat(threads().getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
        .as("bytes allocated")
        .isLessThan(MAX_ALLOCATED);
  }

  private static void read(byte[] input) {
    try {
      for (MediaTrack track : MovieReader.read(MemorySource.of(input)).tracks()) {
        checkTable(track.samples(), input.length);
        parseSamples(track, input);
      }
    } catch (DrmException e) {
      assertThat(e.code()).isNotEmpty();
    }
  }

  private static void checkTable(SampleTable samples, int fileSize) {
    assertThat(samples.count()).isPositive();
    for (int i = 0; i < samples.count(); i++) {
      assertThat(samples.size(i)).isNotNegative();
      assertThat(samples.offset(i)).isBetween(0L, (long) fileSize - samples.size(i));
      assertThat(samples.duration(i)).isNotNegative();
    }
  }

  private static void parseSamples(MediaTrack track, byte[] input) {
    try {
      SubsampleCodec codec = CodecReader.read(track.entry(), track.type()).subsamples();
      if (codec == null) {
        return;
      }
      SampleParser parser = codec.newSampleParser();
      for (int i = 0; i < Math.min(PARSED_SAMPLES, track.samples().count()); i++) {
        RangeSum sum = new RangeSum();
        parser.parse(input, (int) track.samples().offset(i), track.samples().size(i), sum);
        assertThat(sum.bytes()).isEqualTo(track.samples().size(i));
      }
    } catch (DrmException e) {
      assertThat(e.code()).isNotEmpty();
    }
  }

  private static ThreadMXBean threads() {
    return (ThreadMXBean) ManagementFactory.getThreadMXBean();
  }
}
