package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.TrackType;
import io.keymux.packager.isobmff.SampleEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DolbyVisionTest {
  private static final String HVCC = "01022000000090000000000 07bf000fcfdfafa00000300";
  private static final String AVCC = "0164001fffe000";

  @ParameterizedTest
  @CsvSource({
    // entry, box, profile, level, compatibility of the base layer, CODECS
    "dvh1, dvcC, 5, 6, 0, dvh1.05.06",
    "dvhe, dvcC, 7, 13, 6, dvhe.07.13",
    "dvh1, dvvC, 8, 9, 1, dvh1.08.09",
    "dvav, dvvC, 9, 1, 2, dvav.09.01",
    "dva1, dvwC, 11, 3, 0, dva1.11.03",
  })
  void read_dolbyVisionEntry_itsOwnCodecs(
      String format, String box, int profile, int level, int base, String codecs) {
    TrackCodec codec = read(format, box, profile, level, base, 16);

    assertThat(codec.codecs()).isEqualTo(codecs);
    assertThat(codec.hdr()).isTrue();
    assertThat(codec.supplemental()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    // and the transfer characteristics of the base layer
    "hvc1, dvvC, 8, 7, 1, 16, dvh1.08.07, db1p",
    "hev1, dvvC, 8, 10, 1, 16, dvhe.08.10, db1p",
    "hvc1, dvvC, 8, 7, 2, 1, dvh1.08.07, db2g",
    "hvc1, dvvC, 8, 7, 4, 18, dvh1.08.07, db4h",
    "hvc1, dvvC, 8, 7, 4, 14, dvh1.08.07, db4g",
    "avc1, dvvC, 9, 5, 2, 1, dva1.09.05, db2g",
    "avc3, dvvC, 9, 5, 2, 1, dvav.09.05, db2g",
    "hvc1, dvwC, 20, 4, 4, 18, dvh1.20.04, db4h",
  })
  void read_baseEntryWithDolbyVision_supplemental(
      String format,
      String box,
      int profile,
      int level,
      int base,
      int transfer,
      String codecs,
      String brand) {
    TrackCodec codec = read(format, box, profile, level, base, transfer);

    assertThat(codec.supplemental()).isEqualTo(new SupplementalCodec(codecs, brand));
    assertThat(codec.codecs()).startsWith(format + ".");
    assertThat(codec.hdr()).isEqualTo(transfer >= 16);
  }

  @ParameterizedTest
  @CsvSource({"dvcC, 7, 6", "dvcC, 4, 2", "dvvC, 8, 0", "dvvC, 8, 5"})
  void read_dolbyVisionNotForStreamingBesideItsBase_noSupplemental(
      String box, int profile, int base) {
    assertThat(read("hvc1", box, profile, 6, base, 16).supplemental()).isNull();
  }

  @Test
  void read_baseEntryAlone_noSupplemental() {
    SampleEntry entry = SampleEntries.of("avc1", "avcC", AVCC);

    assertThat(CodecReader.read(entry, TrackType.VIDEO).supplemental()).isNull();
  }

  private static TrackCodec read(
      String format, String box, int profile, int level, int base, int transfer) {
    boolean avc = format.equals("avc1") || format.equals("avc3") || format.startsWith("dva");
    BitWriter configuration = new BitWriter();
    configuration.u(16, 0x100).u(7, profile).u(6, level).u(3, 5).u(4, base).fill(0);
    configuration.u(32, 0).u(32, 0);
    SampleEntry entry =
        SampleEntries.of(
            format,
            new SampleEntry.Child(
                avc ? "avcC" : "hvcC", Bytes.ofHex((avc ? AVCC : HVCC).replace(" ", ""))),
            new SampleEntry.Child(
                "colr", Bytes.ofHex("6e636c780009%04x000900".formatted(transfer))),
            new SampleEntry.Child(box, Bytes.copyOf(configuration.raw())));
    return CodecReader.read(entry, TrackType.VIDEO);
  }
}
