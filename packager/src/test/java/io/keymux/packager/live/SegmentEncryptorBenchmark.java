package io.keymux.packager.live;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.SampleJob;
import io.keymux.packager.job.KeySchedule;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.Protection;
import io.keymux.packager.media.PackagedTrack;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A segment of 240 frames and 1.7 MB of H.264, or the first 20 seconds of the movie that the
 * property {@code keymux.segment} names, from one buffer to another. Percentiles come with the
 * sample mode; {@code -prof gc} tells what is allocated.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SegmentEncryptorBenchmark {
  private final ByteBuffer target = ByteBuffer.allocate(16 << 20);
  private byte[] copy = new byte[0];
  private byte[] segment = new byte[0];
  private SegmentEncryptor cenc;
  private SegmentEncryptor cbcs;

  @Setup
  public void open() throws IOException, InterruptedException {
    Path movie =
        Path.of(
            System.getProperty(
                "keymux.segment",
                System.getProperty("keymux.root", "..")
                    + "/test-vectors/vectors/sample-ladder/video-720p.mp4"));
    Path folder = Files.createTempDirectory("keymux-bench").resolve("clear");
    JobResult clear =
        Keymux.packager()
            .run(
                PackagingJob.builder()
                    .input(movie)
                    .schedule(KeySchedule.NEVER)
                    .segmentSeconds(20)
                    .output(folder)
                    .build());
    PackagedTrack track = clear.presentation().tracks().get(0);
    segment = Files.readAllBytes(folder.resolve(track.segments().get(0).path()));
    copy = new byte[segment.length];
    byte[] init = Files.readAllBytes(folder.resolve(track.initPath()));
    cenc = encryptor(init, ProtectionScheme.CENC);
    cbcs = encryptor(init, ProtectionScheme.CBCS);
  }

  private static SegmentEncryptor encryptor(byte[] init, ProtectionScheme scheme) {
    return LiveStream.builder(
            "bench", SampleJob.KEYS, Protection.of(Set.of(DrmSystem.WIDEVINE), scheme))
        .rendition("r", init)
        .build()
        .encryptor("r");
  }

  @Benchmark
  public byte[] arrayCopy() {
    System.arraycopy(segment, 0, copy, 0, segment.length);
    return copy;
  }

  @Benchmark
  public SegmentInfo cenc() throws InterruptedException {
    target.clear();
    return cenc.encrypt(ByteBuffer.wrap(segment), target);
  }

  @Benchmark
  public SegmentInfo cbcs() throws InterruptedException {
    target.clear();
    return cbcs.encrypt(ByteBuffer.wrap(segment), target);
  }
}
