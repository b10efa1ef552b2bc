package io.keymux.packager.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.TrackType;
import io.keymux.packager.isobmff.SampleEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecReaderTest {

  @ParameterizedTest
  @CsvSource({
    "AAC LC stereo 48 kHz, 40, 1190, mp4a.40.2, 2, 48000",
    "AAC LC configuration 7 has 8 channels, 40, 11b8, mp4a.40.2, 8, 48000",
    "AAC LC explicit rate 44100 as a number, 40, 1780562210, mp4a.40.2, 2, 44100",
    "HE-AAC hierarchical 22.05 to 44.1 kHz, 40, 2b920800, mp4a.40.5, 2, 44100",
    "HE-AAC v2 hierarchical mono core, 40, eb8a0800, mp4a.40.29, 2, 44100",
    "HE-AAC behind an LC config, 40, 139056e5a0, mp4a.40.5, 2, 44100",
    "HE-AAC v2 behind an LC config, 40, 138856e5a54880, mp4a.40.29, 2, 44100",
    "AAC LC says no band replication, 40, 139056e500, mp4a.40.2, 2, 22050",
    "xHE-AAC stereo, 40, f94643222c, mp4a.40.42, 2, 48000",
    "xHE-AAC with a rate and channels that AAC has not, 40, f9461220fff80010, mp4a.40.42, 288, 38400",
    "xHE-AAC with rates as numbers, 40, f95e0177001f004b002028, mp4a.40.42, 5, 19200",
    "DTS in an esds: the entry tells, a9, '', mp4a.A9, 9, 12345",
    "MPEG-2 AAC LC, 67, 1210, mp4a.67, 2, 44100",
    "MP3 has no config: the entry tells, 6b, '', mp4a.6B, 9, 12345",
  })
  void read_mp4a_fromConfig(
      String what, String objectType, String config, String codecs, int channels, int rate) {
    TrackCodec codec = CodecReader.read(mp4a(objectType, config), TrackType.AUDIO);

    assertThat(codec).as(what).isEqualTo(audio(codecs, channels, rate));
  }

  @ParameterizedTest
  @CsvSource({
    "ac-3, dac3, 103d40, ac-3, 6, 48000", // acmod 7, lfe
    "ac-3, dac3, 501000, ac-3, 2, 44100", // acmod 2
    "ec-3, dec3, 0600200f00, ec-3, 6, 48000",
    "ec-3, dec3, 0c00200f0202, ec-3, 8, 48000", // one dependent substream: Lrs/Rrs
    "ec-3, dec3, 0c00200f0300, ec-3, 7, 48000", // LFE2
    "Opus, dOps, 000601380000bb80000000, opus, 6, 48000",
    "fLaC, dfLa, 0000000080000022100010000000000000000ac440f0, flac, 1, 44100",
    "fLaC, dfLa, 0000000080000022100010000000000000000bb802f0, flac, 2, 48000",
  })
  void read_otherAudio_fromConfig(
      String format, String box, String config, String codecs, int channels, int rate) {
    SampleEntry entry = SampleEntries.of(format, box, config);

    assertThat(CodecReader.read(entry, TrackType.AUDIO)).isEqualTo(audio(codecs, channels, rate));
  }

  @ParameterizedTest
  @CsvSource({
    "hvc1, 01 60000000 b00000000000 5d, hvc1.1.6.L93.B0",
    "hev1, 22 20000000 900000000000 7b, hev1.2.4.H123.90",
    "hvc1, 41 80000000 000000000000 96, hvc1.A1.1.L150",
    "hvc1, 04 08000000 9d0800000000 3c, hvc1.4.10.L60.9D.8",
  })
  void read_hvcC_codecsOfAnnexE(String format, String profile, String codecs) {
    String hvcC = "01" + profile + "f000fcfdf8f8000003" + "00";

    TrackCodec codec = CodecReader.read(SampleEntries.of(format, "hvcC", hvcC), TrackType.VIDEO);

    assertThat(codec.codecs()).isEqualTo(codecs);
    assertThat(codec.width()).as("without parameter sets").isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0009 0010, true, true", "0001 0012, true, false", "0001 0001, false, false"})
  void read_colrNclx_hdrAndGamut(String colour, boolean hdr, boolean wcg) {
    SampleEntry entry =
        SampleEntries.of(
            "avc1",
            new SampleEntry.Child("avcC", Bytes.ofHex("0164001fffe000")),
            new SampleEntry.Child(
                "colr", Bytes.ofHex("6e636c78" + colour.replace(" ", "") + "000900")));

    TrackCodec codec = CodecReader.read(entry, TrackType.VIDEO);

    assertThat(codec.codecs()).isEqualTo("avc1.64001f");
    assertThat(codec.hdr()).isEqualTo(hdr);
    assertThat(codec.wcg()).isEqualTo(wcg);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vp08", "mp4v", "vvcN", "encv"})
  void read_unsupportedVideo_namesIt(String format) {
    assertThatThrownBy(() -> CodecReader.read(SampleEntries.of(format), TrackType.VIDEO))
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> {
              assertThat(e.blame()).isEqualTo(Blame.UNSUPPORTED);
              assertThat(e.code()).isEqualTo("codec-unsupported");
            })
        .hasMessageStartingWith("Codec " + format + " cannot be packaged.")
        .hasMessageContaining("hvc1");
  }

  @ParameterizedTest
  @CsvSource({
    "00 0a 82 020202, vp09.00.10.08.01.02.02.02.00, false, false",
    "01 1f 86 010101, vp09.01.31.08.03.01.01.01.00, false, false",
    // The example of the binding.
    "02 0a a3 091009, vp09.02.10.10.01.09.16.09.01, true, true",
    "03 3e c4 091209, vp09.03.62.12.02.09.18.09.00, true, true",
  })
  void read_vpcC_codecsOfBinding(String config, String codecs, boolean hdr, boolean wcg) {
    SampleEntry entry = SampleEntries.of("vp09", "vpcC", "01000000" + config + "0000");

    TrackCodec codec = CodecReader.read(entry, TrackType.VIDEO);

    assertThat(codec.codecs()).isEqualTo(codecs);
    assertThat(codec.hdr()).isEqualTo(hdr);
    assertThat(codec.wcg()).isEqualTo(wcg);
    assertThat(codec.width()).isEqualTo(1);
    assertThat(codec.height()).isEqualTo(2);
    SubsampleCodec subsamples = requireNonNull(codec.subsamples());
    assertThat(subsamples.needsWholeSegment()).isTrue();
    assertThat(subsamples.wholeBlocksInCbcs()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "00000000 000a82 020202, version 0 of the box",
    "01000000 040a82 020202, profile 4",
    "01000000 000a92 020202, bit depth 9",
    "01000000 000a, its syntax goes on",
  })
  void read_badVpcC_typedError(String box, String problem) {
    assertThatThrownBy(
            () -> CodecReader.read(SampleEntries.of("vp09", "vpcC", box), TrackType.VIDEO))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("codec-config-unreadable"))
        .hasMessageContaining(problem);
  }

  @Test
  void read_missingConfiguration_typedError() {
    assertThatThrownBy(() -> CodecReader.read(SampleEntries.of("avc1"), TrackType.VIDEO))
        .isInstanceOfSatisfying(
            DrmException.class, e -> assertThat(e.code()).isEqualTo("codec-config-unreadable"))
        .hasMessageStartingWith("Sample entry avc1 has no box avcC.");
  }

  @Test
  void read_threeByteLengths_typedError() {
    SampleEntry entry = SampleEntries.of("avc1", "avcC", "0164001ffee000");

    assertThatThrownBy(() -> CodecReader.read(entry, TrackType.VIDEO))
        .isInstanceOf(DrmException.class)
        .hasMessageContaining("NAL unit lengths have 3 bytes");
  }

  private static TrackCodec audio(String codecs, int channels, int rate) {
    return new TrackCodec(codecs, 0, 0, VideoRange.SDR, false, channels, rate, null);
  }

  /** An esds with descriptor sizes in their four-byte form, as many muxers write them. */
  private static SampleEntry mp4a(String objectType, String config) {
    int size = config.length() / 2;
    String info = config.isEmpty() ? "" : "05808080%02x%s".formatted(size, config);
    String decoder = objectType + "15" + "000000" + "0001f400" + "0001f400" + info;
    String es = "000100" + "04808080%02x".formatted(decoder.length() / 2) + decoder;
    return SampleEntries.of(
        "mp4a", "esds", "00000000" + "03808080%02x".formatted(es.length() / 2) + es);
  }
}
