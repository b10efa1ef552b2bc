package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.TrackType;
import io.keymux.packager.isobmff.SampleEntry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Damaged bytes end in a typed error or in a length within the NAL unit: nothing else, and soon.
 */
class HostileInputTest {
  private static final int STREAMS = 400;
  private static final int MUTANTS = 6;

  @Test
  void clearBytes_mutatedAvc_lengthOrTypedError() {
    mutate(random -> new SyntheticAvc(random).stream(), () -> new AvcParser(BitReader.SLICE));
  }

  @Test
  void clearBytes_mutatedHevc_lengthOrTypedError() {
    mutate(
        random -> new SyntheticHevc(random, random.nextBoolean()).stream(),
        () -> new HevcParser(BitReader.SLICE));
  }

  @Test
  void clearBytes_randomBytes_lengthOrTypedError() {
    Random random = new Random(1);
    SliceHeaderParser avc = new AvcParser(BitReader.SLICE);
    SliceHeaderParser hevc = new HevcParser(BitReader.SLICE);
    for (int i = 0; i < 40_000; i++) {
      byte[] nal = new byte[1 + random.nextInt(80)];
      random.nextBytes(nal);
      nal[0] &= 0x7f;
      check(avc, nal);
      check(hevc, nal);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "VIDEO, avc1, avcC",
    "VIDEO, hvc1, hvcC",
    "VIDEO, dvh1, dvcC",
    "VIDEO, vp09, vpcC",
    "VIDEO, vvc1, vvcC",
    "AUDIO, mp4a, esds",
    "AUDIO, mp4a, wave",
    "AUDIO, ac-3, dac3",
    "AUDIO, ec-3, dec3",
    "AUDIO, Opus, dOps",
    "AUDIO, fLaC, dfLa",
    "AUDIO, alac, alac",
    "AUDIO, dtsc, ddts",
    "AUDIO, dtsx, udts",
    "AUDIO, mhm1, mhaC",
    "AUDIO, ac-4, dac4",
    "TEXT, stpp, mime",
  })
  void read_randomConfiguration_codecOrTypedError(TrackType type, String format, String box) {
    Random random = new Random(2);
    for (int i = 0; i < 3_000; i++) {
      byte[] payload = new byte[random.nextInt(60)];
      random.nextBytes(payload);
      SampleEntry entry = SampleEntries.of(format, box, Bytes.copyOf(payload));
      try {
        assertThat(CodecReader.read(entry, type).codecs()).isNotEmpty();
      } catch (DrmException e) {
        assertThat(e.code()).isIn(BitReader.CONFIG, "codec-unsupported", "malformed-mp4");
      }
    }
  }

  private interface Generator {
    SyntheticStream stream(Random random);
  }

  private static void mutate(Generator generator, Supplier<SliceHeaderParser> parsers) {
    Assertions.assertTimeout(
        Duration.ofMinutes(1),
        () -> {
          for (int seed = 0; seed < STREAMS; seed++) {
            Random random = new Random(seed);
            SyntheticStream stream = generator.stream(random);
            for (int i = 0; i < MUTANTS; i++) {
              SliceHeaderParser parser = parsers.get();
              // Half of the mutants keep whole parameter sets, so that slices are reached.
              boolean damageSets = random.nextBoolean();
              stream
                  .parameterSets()
                  .forEach(n -> check(parser, damageSets ? damage(n, random) : n.toArray()));
              stream.slices().forEach(s -> check(parser, damage(s.nal(), random)));
            }
          }
        });
  }

  private static byte[] damage(Bytes nal, Random random) {
    byte[] bytes = nal.toArray();
    for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
      // The type stays as it is, lest most mutants become units that are not looked into.
      int at = random.nextInt(bytes.length);
      bytes[at] ^= (byte) (at == 0 ? 0 : 1 << random.nextInt(8));
    }
    int length = random.nextInt(4) == 0 ? 1 + random.nextInt(bytes.length) : bytes.length;
    return Arrays.copyOf(bytes, length);
  }

  private static void check(SliceHeaderParser parser, byte[] nal) {
    try {
      int clear = parser.clearBytes(nal, 0, nal.length);
      assertThat(clear == SliceHeaderParser.ALL_CLEAR || (clear > 0 && clear <= nal.length))
          .isTrue();
    } catch (DrmException e) {
      if (!e.code().equals(BitReader.SLICE)) {
        throw e;
      }
    }
  }
}
