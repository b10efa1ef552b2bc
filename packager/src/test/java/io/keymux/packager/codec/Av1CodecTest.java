package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.TrackType;
import io.keymux.packager.isobmff.SampleEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Av1CodecTest {

  @ParameterizedTest
  @CsvSource({
    "00 0c, '', av01.0.00M.08",
    "08 0c, '', av01.0.08M.08",
    "2d cc, '', av01.1.13H.10",
    "1f 0c, '', av01.0.31M.08",
    "20 00, '', av01.1.00M.08.0.000.01.01.01.0",
    "54 68, '', av01.2.20M.12.0.100.01.01.01.0",
    "04 4e, 0009 0010 0009 00, av01.0.04M.10.0.112.09.16.09.0",
    "04 4c, 0001 0001 0001 80, av01.0.04M.10.0.110.01.01.01.1",
    "04 4c, 0001 0001 0001 00, av01.0.04M.10",
    "04 4c, 0002 0002 0002 00, av01.0.04M.10.0.110.02.02.02.0",
  })
  void read_av1C_codecsOfBinding(String fields, String nclx, String codecs) {
    SampleEntry.Child av1C =
        new SampleEntry.Child("av1C", Bytes.ofHex("81" + fields.replace(" ", "") + "00"));
    SampleEntry.Child colr =
        new SampleEntry.Child("colr", Bytes.ofHex("6e636c78" + nclx.replace(" ", "")));
    SampleEntry entry =
        nclx.isEmpty() ? SampleEntries.of("av01", av1C) : SampleEntries.of("av01", av1C, colr);

    TrackCodec codec = CodecReader.read(entry, TrackType.VIDEO);

    assertThat(codec.codecs()).isEqualTo(codecs);
    assertThat(codec.width()).as("without a sequence header").isEqualTo(1);
    assertThat(codec.hdr() && codec.wcg()).isEqualTo(codecs.contains(".09.16."));
    assertThat(codec.subsamples()).isNotNull();
  }

  @Test
  void read_av1C_sequenceHeaderTellsSizeAndColour() {
    String av1C = "81004c00 0a0e000000043d06d4daf95091209040"; // as libaom writes it

    TrackCodec codec = CodecReader.read(SampleEntries.of("av01", "av1C", av1C), TrackType.VIDEO);

    assertThat(codec.codecs()).isEqualTo("av01.0.00M.10.0.110.09.18.09.0");
    assertThat(codec.width()).isEqualTo(322);
    assertThat(codec.height()).isEqualTo(182);
    assertThat(codec.hdr()).isTrue();
    assertThat(codec.wcg()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "01004c00, version byte is 1",
    "81004c, it ends here",
    "81004c00 0a0e000000043d06d4daf9509120, an OBU of 14 bytes has 12 left",
    "81004c00 0a04e0000000, seq_profile is 7 where 2 is the most",
    "81004c00 1a0100, sequence header",
  })
  void read_damagedAv1C_isRefused(String av1C, String problem) {
    assertThatThrownBy(
            () -> CodecReader.read(SampleEntries.of("av01", "av1C", av1C), TrackType.VIDEO))
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> {
              assertThat(e.code()).isEqualTo("codec-config-unreadable");
              assertThat(e.problem()).contains(problem);
            });
  }
}
