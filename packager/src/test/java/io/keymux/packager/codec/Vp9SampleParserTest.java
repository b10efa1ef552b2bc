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

class Vp9SampleParserTest {
  private static final int SEGMENTS = 800;

  @Test
  void parse_randomFrames_endOfWrittenHeaders() {
    for (int seed = 0; seed < SEGMENTS; seed++) {
      SampleParser parser = new Vp9SampleParser();
      for (SyntheticVp9.Sample sample : new SyntheticVp9(new Random(seed)).segment()) {
        assertThat(ranges(parser, sample.bytes().toArray()))
            .as("seed %d", seed)
            .isEqualTo(sample.ranges());
      }
    }
  }

  @Test
  void parse_damagedFrames_wholeSampleOrTypedError() {
    int refused = 0;
    int read = 0;
    for (int seed = 0; seed < SEGMENTS; seed++) {
      Random random = new Random(seed);
      SampleParser parser = new Vp9SampleParser();
      for (SyntheticVp9.Sample sample : new SyntheticVp9(random).segment()) {
        byte[] damaged = damage(sample.bytes().toArray(), random);
        try {
          assertThat(ranges(parser, damaged).stream().mapToInt(Math::abs).sum())
              .isEqualTo(damaged.length);
          read++;
        } catch (DrmException e) {
          assertThat(e.code()).isEqualTo("frame-header-unreadable");
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(SEGMENTS);
    assertThat(read).isGreaterThan(SEGMENTS);
  }

  @ParameterizedTest
  @CsvSource({
    "00, frame_marker is not 2",
    "b8, the reserved bit of profile 3 is set",
    "82 49 83 43, frame_sync_code is not 49 83 42",
    "82 49 83 42 e0, RGB in profile 0",
    "a0 49 83 42 22, the reserved bit of color_config is set",
    "82 49 83 42 20 00, its syntax goes on",
    "86 00 00 02, 'it has the size of reference frame 0, which no frame has set'",
    "88 01, bytes follow a frame that only shows another",
    "c0, an index of 3 bytes does not begin with its marker",
    "00 00 c0, an index of 3 bytes does not begin with its marker",
    "88 c0 00 c0, a frame of 0 bytes does not fit before the index",
    "88 c0 02 c0, a frame of 2 bytes does not fit before the index",
    "88 00 c0 01 c0, 1 bytes before the index belong to no frame",
  })
  void parse_badSample_saysWhy(String hex, String problem) {
    byte[] sample = Bytes.ofHex(hex.replace(" ", "")).toArray();

    assertThatThrownBy(() -> ranges(new Vp9SampleParser(), sample))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("frame-header-unreadable"))
        .hasMessageContaining(problem);
  }

  @Test
  void parse_compressedHeaderLongerThanFrame_refused() {
    byte[] frame = new SyntheticVp9Frame(new Random(1)).key().bytes().toArray();
    int clear = ranges(new Vp9SampleParser(), frame).get(0);

    assertThatThrownBy(() -> ranges(new Vp9SampleParser(), Arrays.copyOf(frame, clear)))
        .isInstanceOf(DrmException.class)
        .hasMessageContaining("header_size_in_bytes is ")
        .hasMessageContaining(", and 0 follow");
  }

  @Test
  void parse_emptySample_tellsNothing() {
    assertThat(ranges(new Vp9SampleParser(), new byte[0])).isEmpty();
  }

  private static byte[] damage(byte[] sample, Random random) {
    byte[] bytes = sample.clone();
    for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
      bytes[random.nextInt(Math.min(bytes.length, 24))] ^= (byte) (1 << random.nextInt(8));
    }
    int length = random.nextInt(4) == 0 ? 1 + random.nextInt(bytes.length) : bytes.length;
    return Arrays.copyOf(bytes, length);
  }

  /** Clear bytes, and protectable ones with a minus sign; the sample lies behind other bytes. */
  private static List<Integer> ranges(SampleParser parser, byte[] sample) {
    byte[] data = new byte[sample.length + 9];
    Arrays.fill(data, (byte) 0xc1);
    System.arraycopy(sample, 0, data, 5, sample.length);
    List<Integer> ranges = new ArrayList<>();
    parser.parse(
        data,
        5,
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
