package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.TrackType;
import io.keymux.packager.codec.SpatialAudio.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sample entries that test code made along the specifications. */
class AudioEntriesTest {

  @ParameterizedTest
  @CsvSource({
    "alac, alac, 00000000 00001000 00 10 28 0a 0e 02 00ff 00000000 00000000 0000ac44, 2, 44100",
    "alac, alac, 00000000 00001000 00 18 28 0a 0e 08 00ff 00000000 00000000 0002ee00, 8, 192000",
    // 5.1: C, L/R, Ls/Rs, LFE
    "dtsc, ddts, 0000bb80 0016e360 0016e360 10 7a7c0c81 000f 00, 6, 48000",
    // 7.1: and Lsr/Rsr
    "dtsl, ddts, 0000bb80 00000000 0016e360 18 c67c0c81 004f 00, 8, 48000",
    "dtsh, ddts, 00017700 00000000 0016e360 18 c67c0c81 0002 00, 2, 96000",
    // every kind of speaker
    "dtse, ddts, 0000bb80 00000000 0002ee00 10 c0000001 ffff 00, 25, 48000",
    "dtsx, udts, 0400 0000003f 80 000000, 6, 48000",
    "dtsx, udts, 0400 00003fff 20 000000, 14, 88200",
  })
  void read_entry_channelsAndRate(
      String format, String box, String config, int channels, int rate) {
    TrackCodec codec = CodecReader.read(SampleEntries.of(format, box, config), TrackType.AUDIO);

    assertThat(codec)
        .isEqualTo(new TrackCodec(format, 0, 0, VideoRange.SDR, false, channels, rate, null));
  }

  @ParameterizedTest
  @CsvSource({
    "mhm1, 01 0d 13 0000, mhm1.0x0D, 12",
    "mhm2, 01 0b 06 0000, mhm2.0x0B, 6",
    "mha1, 01 0c 0d 0000, mha1.0x0C, 24",
    "mha2, 01 10 14 0000, mha2.0x10, 14",
    "mhm1, 01 0d 00 0000, mhm1.0x0D, 9",
    "mhm1, 01 0d 15 0000, mhm1.0x0D, 9",
  })
  void read_mpegH_profileAndLevel(String format, String config, String codecs, int channels) {
    TrackCodec codec = CodecReader.read(SampleEntries.of(format, "mhaC", config), TrackType.AUDIO);

    assertThat(codec)
        .isEqualTo(new TrackCodec(codecs, 0, 0, VideoRange.SDR, false, channels, 12345, null));
  }

  @ParameterizedTest
  @CsvSource({
    "0600 200f00, 6, 0",
    "0600 200f00 0000, 6, 0",
    "0600 200f00 0110, 6, 16",
    "0c00 200f0202 010b, 8, 11",
    // A second programme, which is not counted; the extension follows the last one.
    "0c01 200f00 200400 010c, 6, 12",
  })
  void read_eac3_jointObjects(String config, int channels, int complexity) {
    TrackCodec codec = CodecReader.read(SampleEntries.of("ec-3", "dec3", config), TrackType.AUDIO);

    assertThat(codec.codecs()).isEqualTo("ec-3");
    assertThat(codec.channels()).isEqualTo(channels);
    assertThat(codec.spatial())
        .isEqualTo(complexity == 0 ? null : new SpatialAudio(Kind.JOC, complexity));
  }

  @ParameterizedTest
  @CsvSource({
    "alac, alac, 00000000 00001000 00 10 28 0a 0e 02 00ff 00000000 00000000 ffffffff, 4294967295 Hz",
    "mhm1, mhaC, 02 0d 13 0000, configurationVersion 2",
    "mp4a, esds, 00000000 0312 000100 040d 40 15 000000 00000000 00000000 05 05 f9464d222c, "
        + "usacSamplingFrequencyIndex 13 is reserved",
    "mp4a, esds, 00000000 0312 000100 040d 40 15 000000 00000000 00000000 05 05 f946432e2c, "
        + "channelConfigurationIndex 14 is reserved",
  })
  void read_badEntry_typedError(String format, String box, String config, String problem) {
    assertThatThrownBy(
            () -> CodecReader.read(SampleEntries.of(format, box, config), TrackType.AUDIO))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("codec-config-unreadable"))
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ipcm", "fpcm", "sowt", "twos", "in24", "iamf", "samr"})
  void read_unsupportedAudio_namesIt(String format) {
    assertThatThrownBy(() -> CodecReader.read(SampleEntries.of(format), TrackType.AUDIO))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("codec-unsupported"))
        .hasMessageStartingWith("Codec " + format + " cannot be packaged.")
        .hasMessageContaining("alac");
  }
}
