package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ac4SampleParserTest {
  private static final int FRAMES = 5_000;

  @Test
  void parse_randomFrames_endOfContents() {
    for (int seed = 0; seed < FRAMES; seed++) {
      SyntheticAc4.Frame frame = new SyntheticAc4(new Random(seed)).frame();
      int rest = frame.bytes().size() - frame.clear();

      assertThat(ranges(frame.bytes().toArray()))
          .as("seed %d", seed)
          .isEqualTo(rest == 0 ? List.of(frame.clear()) : List.of(frame.clear(), -rest));
    }
  }

  @Test
  void parse_damagedFrames_wholeFrameOrTypedError() {
    int refused = 0;
    for (int seed = 0; seed < FRAMES; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new SyntheticAc4(random).frame().bytes().toArray();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
      byte[] damaged = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      try {
        assertThat(ranges(damaged).stream().mapToInt(Math::abs).sum()).isEqualTo(damaged.length);
      } catch (DrmException e) {
        assertThat(e.code()).isEqualTo("frame-header-unreadable");
        refused++;
      }
    }
    assertThat(refused).isBetween(FRAMES / 10, FRAMES - FRAMES / 10);
  }

  @ParameterizedTest
  @CsvSource({
    "0000, bitstream_version 0 was withdrawn",
    "8000 00, no presentation",
    "8002 48, its syntax goes on",
    "8000 48 00 00 00 00, protection_length_primary 0 is reserved",
  })
  void parse_badFrame_saysWhy(String hex, String problem) {
    assertThatThrownBy(() -> ranges(Bytes.ofHex(hex.replace(" ", "")).toArray()))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("frame-header-unreadable"))
        .hasMessageContaining(problem);
  }

  @Test
  void parse_emptySample_tellsNothing() {
    assertThat(ranges(new byte[0])).isEmpty();
  }

  /** Clear bytes, and protectable ones with a minus sign. */
  private static List<Integer> ranges(byte[] sample) {
    List<Integer> ranges = new ArrayList<>();
    new Ac4SampleParser()
        .parse(
            sample,
            0,
            sample.length,
            new SampleRanges() {
              @Override
              public void clear(int bytes) {
                ranges.add(bytes);
              }

              @Override
              public void protectable(int bytes) {
                ranges.add(-bytes);
              }
            });
    return ranges;
  }
}
