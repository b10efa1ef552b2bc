package io.keymux.packager.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.codec.SampleParser;
import io.keymux.packager.codec.SubsampleCodec;
import io.keymux.packager.verify.ProtectedRangeCheck.Oddity;
import io.keymux.packager.verify.TrackFragment.SampleInfo;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A codec without NAL units: 10 bytes of header, a tile of 100, 5 bytes of header, one of 12. */
class ProtectedRangeCheckTest {
  private static final int SIZE = 127;

  /** {@code wholeBlocks} as VP9, else as AV1. */
  private record Tiles(boolean wholeBlocksInCbcs) implements SubsampleCodec {
    @Override
    public SampleParser newSampleParser() {
      return (data, offset, length, ranges) -> {
        ranges.clear(4);
        ranges.clear(6);
        ranges.protectable(100);
        if (data[0] != 0) {
          throw new DrmException(Blame.CALLER, "frame-header-unreadable", "Broken.", "Mend it.");
        }
        ranges.clear(5);
        ranges.protectable(12);
      };
    }

    @Override
    public boolean needsWholeSegment() {
      return true;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cbcs, false, 10 100 5 12, ''",
    "cbcs, false, 10 100, frame-not-encrypted",
    "cbcs, false, 14 96 5 12, frame-range",
    "cbcs, false, 10 96 9 12, frame-range",
    "cbcs, false, 10 117, frame-header-encrypted",
    "cbcs, false, 9 101 5 12, frame-header-encrypted",
    "cbcs, false, 2 2 6 100 5 12, frame-header-encrypted",
    "cbcs, false, '', headers-not-clear",
    "cbcs, true, 14 96 17 0, ''",
    "cenc, false, 14 96 17 0, ''",
    "cenc, false, 14 96 5 12, ''",
    "cenc, false, 127 0, frame-not-encrypted",
    "cenc, false, 10 112, frame-header-encrypted",
    "cenc, false, '', headers-not-clear",
  })
  void check_subsamples_firstOddity(
      String scheme, boolean wholeBlocks, String subsamples, String code) {
    assertThat(code(check(scheme, wholeBlocks, subsamples, (byte) 0))).isEqualTo(code);
  }

  @Test
  void check_unreadableSample_parsersCode() {
    assertThat(code(check("cbcs", false, "10 100 17 0", (byte) 1)))
        .isEqualTo("frame-header-unreadable");
  }

  @Test
  void check_oddityBeforeUnreadableByte_isTheFinding() {
    assertThat(code(check("cbcs", false, "12 98 17 0", (byte) 1))).isEqualTo("frame-range");
  }

  private static @Nullable Oddity check(
      String scheme, boolean wholeBlocks, String subsamples, byte first) {
    int[] sizes =
        Arrays.stream(subsamples.split(" ", -1))
            .filter(s -> !s.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
    int[] clear = new int[sizes.length / 2];
    int[] hidden = new int[sizes.length / 2];
    for (int i = 0; i < clear.length; i++) {
      clear[i] = sizes[2 * i];
      hidden[i] = sizes[2 * i + 1];
    }
    byte[] sample = new byte[SIZE];
    sample[0] = first;
    return new ProtectedRangeCheck(new Tiles(wholeBlocks), scheme)
        .check(sample, SIZE, new SampleInfo(new byte[0], clear, hidden));
  }

  private static String code(@Nullable Oddity oddity) {
    return oddity == null ? "" : oddity.code();
  }
}
