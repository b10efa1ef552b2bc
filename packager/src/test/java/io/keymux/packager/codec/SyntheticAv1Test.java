package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.DrmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Headers with everything the specification allows, and the same damaged. */
class SyntheticAv1Test {
  private static final int STREAMS = 1000;
  private static final int DAMAGED_STREAMS = 400;
  private static final int MUTANTS = 6;

  @Test
  void parse_randomFeatures_everyTileExactly() {
    int tiles = 0;
    for (int seed = 0; seed < STREAMS; seed++) {
      SampleParser parser = new Av1SampleParser(BitReader.FRAME, null);
      List<SyntheticAv1.Sample> samples = new SyntheticAv1(new Random(seed)).stream();
      for (int i = 0; i < samples.size(); i++) {
        SyntheticAv1.Sample sample = samples.get(i);
        TileRanges ranges = new TileRanges();
        byte[] bytes = sample.data().toArray();
        int before = seed % 5;
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);

        parser.parse(shifted, before, bytes.length, ranges);

        assertThat(ranges.tiles).as("seed %d, sample %d", seed, i).isEqualTo(sample.tiles());
        assertThat(ranges.at).isEqualTo(bytes.length);
        tiles += ranges.tiles.size();
      }
    }
    assertThat(tiles).isGreaterThan(STREAMS * 10);
  }

  @Test
  void parse_damaged_rangesWithinTheSampleOrTypedError() {
    int refused = 0;
    for (int seed = 0; seed < DAMAGED_STREAMS; seed++) {
      Random random = new Random(seed);
      List<SyntheticAv1.Sample> samples = new SyntheticAv1(random).stream();
      for (int i = 0; i < MUTANTS; i++) {
        // Errors leave a parser with some state; it must go on somehow.
        SampleParser parser = new Av1SampleParser(BitReader.FRAME, null);
        for (SyntheticAv1.Sample sample : samples) {
          refused += isRefused(parser, damage(sample, random)) ? 1 : 0;
        }
      }
    }
    assertThat(refused).isGreaterThan(DAMAGED_STREAMS * MUTANTS);
  }

  @Test
  void parse_randomBytes_rangesWithinTheSampleOrTypedError() {
    Random random = new Random(3);
    SampleParser parser = new Av1SampleParser(BitReader.FRAME, null);
    int refused = 0;
    for (int i = 0; i < 40_000; i++) {
      byte[] sample = new byte[random.nextInt(60)];
      random.nextBytes(sample);
      refused += isRefused(parser, sample) ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(20_000);
  }

  @Test
  void parse_frameWithoutSequenceHeader_namesObuAndByte() {
    byte[] sample = {0x12, 0, 0x32, 1, 0x10};

    assertThatThrownBy(
            () ->
                new Av1SampleParser(BitReader.FRAME, null)
                    .parse(sample, 0, sample.length, new TileRanges()))
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> {
              assertThat(e.code()).isEqualTo("frame-header-unreadable");
              assertThat(e.problem())
                  .isEqualTo(
                      "AV1 frame OBU at byte 2, byte 4: there was no sequence header before.");
            });
  }

  private static byte[] damage(SyntheticAv1.Sample sample, Random random) {
    byte[] bytes = sample.data().toArray();
    for (int flips = random.nextInt(4); flips > 0; flips--) {
      bytes[random.nextInt(Math.min(60, bytes.length))] ^= (byte) (1 << random.nextInt(8));
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private static boolean isRefused(SampleParser parser, byte[] sample) {
    TileRanges ranges = new TileRanges();
    try {
      Assertions.assertTimeout(
          Duration.ofSeconds(5), () -> parser.parse(sample, 0, sample.length, ranges));
    } catch (DrmException e) {
      assertThat(e.code()).isEqualTo("frame-header-unreadable");
      return true;
    }
    assertThat(ranges.at).isEqualTo(sample.length);
    return false;
  }
}
