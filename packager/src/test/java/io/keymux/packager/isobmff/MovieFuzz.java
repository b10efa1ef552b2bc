package io.keymux.packager.isobmff;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmException;
import io.keymux.packager.codec.CodecReader;
import io.keymux.packager.codec.RangeSum;
import io.keymux.packager.codec.SampleParser;
import io.keymux.packager.codec.SubsampleCodec;

/**
 * What any bytes must hold to as a movie. Not in the fuzz test itself: JUnit loads whatever the
 * methods of a test name, and Jazzer instruments what is loaded already by redefining it, which
 * breaks a record with annotated components (NoSuchFieldError in its constructor).
 */
final class MovieFuzz {
  /** Of each track, as many are parsed as a seed has. */
  private static final int PARSED_SAMPLES = 20;

  private MovieFuzz() {}

  static void read(byte[] input) {
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
}
