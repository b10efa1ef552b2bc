package io.keymux.packager.isobmff;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A rendition of the sample in memory: copied, and its boxes read into sample tables. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MovieReaderBenchmark {
  /** The folder of the sample ladder. */
  @Param("")
  public String samples = "";

  private byte[] file;
  private byte[] copy;

  @Setup
  public void read() throws IOException {
    file = Files.readAllBytes(Path.of(samples, "video-720p.mp4"));
    copy = new byte[file.length];
  }

  @Benchmark
  public byte[] arrayCopy() {
    System.arraycopy(file, 0, copy, 0, file.length);
    return copy;
  }

  @Benchmark
  public Movie readMovie() {
    return MovieReader.read(MemorySource.of(file));
  }
}
