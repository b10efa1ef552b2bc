package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Features that no encoder at hand writes: tiles, long-term references, field pictures and so on.
 */
class SyntheticSliceHeaderTest {
  private static final int STREAMS = 800;

  @Test
  void clearBytes_randomAvcFeatures_endOfWrittenHeader() {
    for (int seed = 0; seed < STREAMS; seed++) {
      assertSame(new SyntheticAvc(new Random(seed)).stream(), new AvcParser(BitReader.SLICE), seed);
    }
  }

  @Test
  void clearBytes_randomHevcFeatures_endOfWrittenHeader() {
    for (int seed = 0; seed < STREAMS; seed++) {
      SyntheticStream stream = new SyntheticHevc(new Random(seed), false).stream();
      assertSame(stream, new HevcParser(BitReader.SLICE), seed);
    }
  }

  @Test
  void clearBytes_randomScreenContent_endOfWrittenHeaderOrUnsupported() {
    int refused = 0;
    for (int seed = 0; seed < STREAMS; seed++) {
      SyntheticStream stream = new SyntheticHevc(new Random(seed), true).stream();
      DrmException refusal =
          catchThrowableOfType(
              DrmException.class, () -> readAll(stream, new HevcParser(BitReader.SLICE)));
      if (refusal != null) {
        assertThat(refusal.blame()).isEqualTo(DrmException.Blame.UNSUPPORTED);
        assertThat(refusal).hasMessageContaining("may refer to itself");
        refused++;
      } else {
        assertSame(stream, new HevcParser(BitReader.SLICE), seed);
      }
    }
    assertThat(refused).isBetween(1, STREAMS / 2);
  }

  private static void readAll(SyntheticStream stream, SliceHeaderParser parser) {
    stream.parameterSets().forEach(nal -> clearBytes(parser, nal));
    stream.slices().forEach(slice -> clearBytes(parser, slice.nal()));
  }

  private static void assertSame(SyntheticStream stream, SliceHeaderParser parser, int seed) {
    for (Bytes nal : stream.parameterSets()) {
      assertThat(clearBytes(parser, nal)).isEqualTo(SliceHeaderParser.ALL_CLEAR);
    }
    for (SyntheticStream.Slice slice : stream.slices()) {
      assertThat(clearBytes(parser, slice.nal()))
          .as("seed %d, %s", seed, slice.nal())
          .isEqualTo(slice.clearBytes());
    }
  }

  private static int clearBytes(SliceHeaderParser parser, Bytes nal) {
    return parser.clearBytes(nal.toArray(), 0, nal.size());
  }
}
