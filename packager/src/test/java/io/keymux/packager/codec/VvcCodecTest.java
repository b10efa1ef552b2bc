package io.keymux.packager.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.TrackType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VvcCodecTest {
  /** Version and flags, four-byte lengths, with a profile; what stands before the constraints. */
  private static final String HEAD = "00000000 ff 0010 5f ";

  @ParameterizedTest
  @CsvSource({
    "vvc1, 01 02 33 80, vvc1.1.L51.CQA",
    "vvi1, 01 02 33 00, vvi1.1.L51.CA",
    "vvc1, 02 23 66 c010, vvc1.17.H102.CYAIA",
    "vvc1, 03 83 53 800000, vvc1.65.H83.CQA",
    "vvc1, 05 02 33 f83e0f83e0, vvc1.1.L51.C7A7A7A7A",
  })
  void read_vvcC_codecsOfAnnexE(String format, String profile, String codecs) {
    TrackCodec codec =
        CodecReader.read(
            SampleEntries.of(format, "vvcC", HEAD + profile + "00 0500 02d0 0000 00"),
            TrackType.VIDEO);

    assertThat(codec.codecs()).isEqualTo(codecs);
    assertThat(codec.width()).isEqualTo(1);
    NalCodec nal = requireNonNull(codec.nal());
    assertThat(nal.lengthSize()).isEqualTo(4);
    assertThat(nal.needsWholeSegment()).isFalse();
    assertThat(nal.measuresHeaders()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    // type, bytes, clear bytes; -1 is all
    "0, 257, 256",
    "11, 1000, 256",
    "9, 256, -1",
    "12, 1000, -1",
    "15, 1000, -1",
    "19, 1000, -1",
    "24, 1000, -1",
    "0, 1, -1",
  })
  void clearBytes_nalUnits_leadOfSlices(int type, int length, int clear) {
    NalCodec codec =
        requireNonNull(
            CodecReader.read(
                    SampleEntries.of("vvc1", "vvcC", HEAD + "01 02 33 00 00"), TrackType.VIDEO)
                .nal());
    byte[] data = new byte[length + 3];
    data[4 % data.length] = (byte) (type << 3 | 1);

    assertThat(codec.newParser().clearBytes(data, 3, length)).isEqualTo(clear);
  }

  @Test
  void read_withoutProfile_unsupported() {
    assertThatThrownBy(
            () ->
                CodecReader.read(
                    SampleEntries.of("vvc1", "vvcC", "00000000 fe 00"), TrackType.VIDEO))
        .isInstanceOf(DrmException.class)
        .hasMessageContaining("no profile, tier and level");
  }

  @Test
  void read_threeByteLengths_typedError() {
    assertThatThrownBy(
            () ->
                CodecReader.read(
                    SampleEntries.of("vvc1", "vvcC", "00000000 fd 00"), TrackType.VIDEO))
        .isInstanceOf(DrmException.class)
        .hasMessageContaining("NAL unit lengths have 3 bytes");
  }
}
