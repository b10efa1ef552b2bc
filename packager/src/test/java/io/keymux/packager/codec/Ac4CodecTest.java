package io.keymux.packager.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.TrackType;
import io.keymux.packager.codec.SpatialAudio.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ac4CodecTest {
  private static final int STEREO = 1;
  private static final int MODE_5_1 = 4;
  private static final int MODE_7_1_4 = 12;

  @Test
  void read_surround_codecsAndChannels() {
    TrackCodec codec = read(dac4(2, true, presentation(1, 3, MODE_5_1, 0x47)));

    assertThat(codec.codecs()).isEqualTo("ac-4.02.01.03");
    assertThat(codec.channels()).isEqualTo(6);
    assertThat(codec.sampleRate()).isEqualTo(48000);
    assertThat(codec.spatial()).isNull();
    SubsampleCodec subsamples = requireNonNull(codec.subsamples());
    assertThat(subsamples.needsWholeSegment()).isFalse();
    assertThat(subsamples.wholeBlocksInCbcs()).isFalse();
  }

  @Test
  void read_immersiveStereoWithLegacyPresentation_firstVersionAndLeastCompatibility() {
    TrackCodec codec =
        read(
            dac4(
                2,
                true,
                presentation(2, 2, STEREO, 0x1),
                presentation(1, 1, STEREO, 0x1),
                presentation(0, 4, -1, 0)));

    assertThat(codec.codecs()).isEqualTo("ac-4.02.02.01");
    assertThat(codec.channels()).isEqualTo(2);
    assertThat(codec.spatial()).isEqualTo(new SpatialAudio(Kind.IMSA, 2));
  }

  @Test
  void read_channelsFromAbove_immersive() {
    TrackCodec codec = read(dac4(2, false, presentation(1, 3, MODE_7_1_4, 0x7f)));

    assertThat(codec.channels()).isEqualTo(12);
    assertThat(codec.sampleRate()).isEqualTo(44100);
    assertThat(codec.spatial()).isEqualTo(new SpatialAudio(Kind.IMSA, 12));
  }

  @Test
  void read_objects_channelsOfTheEntry() {
    TrackCodec codec = read(dac4(3, true, presentation(1, 4, -1, 0)));

    assertThat(codec.codecs()).isEqualTo("ac-4.03.01.04");
    assertThat(codec.channels()).isEqualTo(9);
    assertThat(codec.spatial()).isNull();
  }

  @Test
  void read_everySpeakerGroup_countedOnce() {
    TrackCodec codec = read(dac4(2, true, presentation(1, 3, MODE_5_1, 0x7ffff)));

    // 11 pairs and 8 single speakers
    assertThat(codec.channels()).isEqualTo(30);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2, ac4_dsi_version 0 with bitstream_version 2",
    "1, 1, ac4_dsi_version 1 with bitstream_version 1",
  })
  void read_withdrawnVersion_unsupported(int version, int bitstreamVersion, String problem) {
    BitWriter out = new BitWriter().u(3, version).u(7, bitstreamVersion).u(22, 0);

    assertUnsupported(Bytes.copyOf(out.raw()), problem);
  }

  @Test
  void read_noPresentation_unsupported() {
    assertUnsupported(dac4(2, true), "no presentation");
  }

  private static void assertUnsupported(Bytes dac4, String problem) {
    assertThatThrownBy(() -> read(dac4))
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> {
              assertThat(e.code()).isEqualTo("codec-config-unreadable");
              assertThat(e.blame()).isEqualTo(Blame.UNSUPPORTED);
            })
        .hasMessageContaining(problem);
  }

  private static TrackCodec read(Bytes dac4) {
    return CodecReader.read(SampleEntries.of("ac-4", "dac4", dac4), TrackType.AUDIO);
  }

  private static Bytes dac4(int bitstreamVersion, boolean is48kHz, Bytes... presentations) {
    BitWriter out = new BitWriter();
    out.u(3, 1).u(7, bitstreamVersion).flag(is48kHz).u(4, 13).u(9, presentations.length);
    out.u(1, 1).u(16, 99).u(1, 0); // program id without UUID
    out.u(2, 0).u(32, 0).u(32, 0).fill(0);
    for (Bytes presentation : presentations) {
      for (byte b : presentation.toArray()) {
        out.u(8, b);
      }
    }
    return Bytes.copyOf(out.raw());
  }

  /** With its version and size in front; the size is written in its long form. */
  private static Bytes presentation(int version, int compatibility, int mode, int mask) {
    BitWriter body = new BitWriter().u(5, 31).u(3, compatibility).u(1, 1).u(5, 7).u(19, 0);
    body.flag(mode >= 0);
    if (mode >= 0) {
      body.u(5, mode).u(mode >= 11 ? 3 : 0, 0).u(24, mask);
    }
    body.fill(0);
    for (int i = 0; i < 255; i++) {
      body.u(8, 0xa5);
    }
    BitWriter out = new BitWriter().u(8, version).u(8, 255).u(16, body.raw().length - 255L);
    for (byte b : body.raw()) {
      out.u(8, b);
    }
    return Bytes.copyOf(out.raw());
  }
}
