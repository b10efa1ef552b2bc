package io.keymux.packager.ts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameFormatTest {
  private static final String SETS = "00000001" + Streams.SPS + "00000001" + Streams.PPS;
  private static final String DELIMITER = "0000000109f0";

  @ParameterizedTest
  @CsvSource({
    // lengths of 1, 2 and 4 bytes
    "1, 024104, " + DELIMITER + "0000014104",
    "2, 00024104, " + DELIMITER + "0000014104",
    "4, 000000024104, " + DELIMITER + "0000014104",
    // an IDR picture gets parameter sets, behind the delimiter that it has
    "1, 0265aa, " + DELIMITER + SETS + "00000165aa",
    "1, 0209100265aa, 000000010910" + SETS + "00000165aa",
    // unless it brings its own
    "1, 0267bb0268cc0265aa, " + DELIMITER + "0000000167bb0000000168cc00000165aa",
    // an empty NAL unit is no start code
    "1, 00024104, " + DELIMITER + "0000014104",
  })
  void avc_sample_becomesByteStream(int lengthSize, String sample, String expected) {
    assertThat(frame(Streams.avc(lengthSize), sample, false)).isEqualTo(expected);
  }

  @Test
  void avc_syncSampleWithoutIdr_getsParameterSets() {
    assertThat(frame(Streams.avc(1), "024104", true)).startsWith(DELIMITER + SETS);
  }

  @Test
  void hevc_sample_becomesByteStream() {
    assertThat(frame(Streams.hevc(), "00000003260100", true))
        .isEqualTo(
            "00000001460150" + "000000014001" + "000000014201" + "000000014401" + "000001260100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"034104", "0341040001", "0241040a"})
  void avc_lengthBeyondTheSample_isRefused(String sample) {
    assertRefused("nal-length-invalid", () -> frame(Streams.avc(1), sample, false));
  }

  @Test
  void avc_lengthCutOff_isRefused() {
    assertRefused("nal-length-invalid", () -> frame(Streams.avc(4), "00000002410400", false));
  }

  @ParameterizedTest
  @CsvSource({
    "1190, fff14c80013ffc, 48 kHz stereo LC",
    "1388, fff15c40013ffc, 22.05 kHz mono LC",
    "2b9208003ff0, fff15c80013ffc, HE-AAC: the core",
    "eb8a0800, fff15c40013ffc, HE-AAC v2: the mono core",
  })
  void aac_frame_getsHeaderOfTheCore(String config, String header, String what) {
    String frame = frame(Streams.aac(config), "aabb", true);

    assertThat(frame).as(what).hasSize(18).endsWith("aabb");
    assertThat(frame.substring(0, 7)).as(what).isEqualTo(header.substring(0, 7));
  }

  @ParameterizedTest
  @CsvSource({
    "f94643222c, xHE-AAC",
    "1180000000000000000000000000, channels in a program config element",
    "1194, 960 samples a frame"
  })
  void aac_thatHeadersCannotSay_isRefused(String config, String what) {
    assertRefused("codec-not-in-ts", () -> Streams.aac(config));
  }

  @ParameterizedTest
  @CsvSource({"6b, MP3", "69, MP3"})
  void mp4a_thatIsMp3_isMp3(String objectType, TsCodec codec) {
    assertThat(ElementaryStream.of(Streams.aacEntry(objectType, ""), Bytes.empty()).codec())
        .isEqualTo(codec);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a5", "a9"})
  void mp4a_thatIsNeither_isRefused(String objectType) {
    assertRefused(
        "codec-not-in-ts",
        () -> ElementaryStream.of(Streams.aacEntry(objectType, ""), Bytes.empty()));
  }

  @Test
  void aac_frameBeyond13Bits_isRefused() {
    assertRefused(
        "audio-frame-too-large", () -> frame(Streams.aac("1190"), "00".repeat(8185), true));
    assertThat(frame(Streams.aac("1190"), "00".repeat(8184), true)).hasSize(2 * 8191);
  }

  @ParameterizedTest
  @CsvSource({
    "000000, 00000300", "000001, 00000301", "000002, 00000302", "000003, 00000303",
    "000004, 000004", "0000000000, 00000300000300", "00000301, 0000030301", "0001, 0001"
  })
  void emulationPrevention_keepsStartCodesOut(String nal, String escaped) {
    byte[] bytes = HexFormat.of().parseHex(nal);
    FrameBuffer out = new FrameBuffer();
    EmulationPrevention.append(bytes, 0, bytes.length, out);

    assertThat(hex(out)).isEqualTo(escaped);
  }

  @Test
  void id3_tag_isThatOfTheStandard() {
    byte[] tag = Id3Tag.of((1L << 33) + 0x0dbba0, null);

    assertThat(HexFormat.of().formatHex(tag))
        .isEqualTo(
            "4944330400000000003f50524956000000350000"
                + HexFormat.of()
                    .formatHex(
                        Id3Tag.TIMESTAMP.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                + "00"
                + "00000000000dbba0");
  }

  @Test
  void pat_isThatOfOneProgram() {
    assertThat(HexFormat.of().formatHex(Psi.pat())).isEqualTo("00b00d0001c100000001f0002ab104b2");
  }

  @Test
  void pmt_sampleAes_saysTypesAndSetup() {
    TsProgram program =
        new TsProgram(java.util.List.of(Streams.avc(4), Streams.aac("1190"), Streams.eac3()));

    assertThat(HexFormat.of().formatHex(program.pmt(true)))
        .contains("dbe100f006" + "0f047a617663")
        .contains("cfe101f016" + "0f0461616364" + "050e61706164" + "7a616163" + "0000" + "01021190")
        .contains(
            "c2e102f019"
                + "0f0465633364"
                + "051161706164"
                + "7a656333"
                + "0000"
                + "01050c00200f00");
    assertThat(HexFormat.of().formatHex(new TsProgram(java.util.List.of(Streams.ac3())).pmt(true)))
        .contains(
            "c1e100f01e" + "0f0461633364" + "051661706164" + "7a616333" + "0000" + "010a0b77");
  }

  private static String frame(ElementaryStream stream, String sample, boolean sync) {
    byte[] bytes = HexFormat.of().parseHex(sample);
    FrameBuffer out = new FrameBuffer();
    stream.format(null).append(bytes, 0, bytes.length, sync, out);
    return hex(out);
  }

  private static String hex(FrameBuffer out) {
    return HexFormat.of()
        .formatHex(out.array(), FrameBuffer.HEADROOM, FrameBuffer.HEADROOM + out.size());
  }

  private static void assertRefused(String code, Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(DrmException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
