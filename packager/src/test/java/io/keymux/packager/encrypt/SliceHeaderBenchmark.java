package io.keymux.packager.encrypt;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.TrackType;
import io.keymux.packager.codec.CodecReader;
import io.keymux.packager.codec.NalCodec;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.isobmff.MovieReader;
import io.keymux.packager.isobmff.SampleTable;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** All frames of a rendition of the sample: copied, and laid out by their slice headers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SliceHeaderBenchmark {
  /** The folder of the sample ladder. */
  @Param("")
  public String samples = "";

  private final SubsampleMap map = new SubsampleMap();
  private byte[] media;
  private byte[] copy;
  private SampleTable table;
  private NalCodec codec;

  @Setup
  public void read() {
    try (FileSource source = FileSource.open(Path.of(samples, "video-720p.mp4"))) {
      MediaTrack track = MovieReader.read(source).tracks().get(0);
      table = track.samples();
      codec = Objects.requireNonNull(CodecReader.read(track.entry(), TrackType.VIDEO).nal());
      media = new byte[Math.toIntExact(table.totalBytes())];
      copy = new byte[media.length];
      int at = 0;
      for (int i = 0; i < table.count(); i++) {
        source.read(table.offset(i), media, at, table.size(i));
        at += table.size(i);
      }
    }
  }

  @Benchmark
  public byte[] arrayCopy() {
    System.arraycopy(media, 0, copy, 0, media.length);
    return copy;
  }

  @Benchmark
  public int layOut() {
    SubsampleLayout layout = new SubsampleLayout(codec, ProtectionScheme.CENC);
    int at = 0;
    int ranges = 0;
    for (int i = 0; i < table.count(); i++) {
      layout.layOut(media, at, table.size(i), map);
      ranges += map.count();
      at += table.size(i);
    }
    return ranges;
  }
}
