package io.keymux.packager.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.encrypt.Pattern;
import io.keymux.packager.media.Container;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PackagingJobTest {

  @Test
  void build_withFairPlay_defaultsToCbcs() {
    assertThat(
            valid().systems(DrmSystem.WIDEVINE, DrmSystem.FAIRPLAY).build().protection().scheme())
        .isEqualTo(ProtectionScheme.CBCS);
  }

  @Test
  void build_withoutFairPlay_defaultsToCenc() {
    assertThat(valid().build().protection().scheme()).isEqualTo(ProtectionScheme.CENC);
    assertThat(valid().build().protection().systems())
        .containsExactly(DrmSystem.WIDEVINE, DrmSystem.PLAYREADY);
  }

  @Test
  void build_withoutContentId_takesTheFileName() {
    assertThat(valid().build().contentId()).isEqualTo("My_Film__1_");
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void build_impossibleJob_namesTheFieldAndTheCode(
      PackagingJob.Builder job, String field, String code) {
    assertThatThrownBy(job::build)
        .isInstanceOfSatisfying(
            InvalidJobException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.remedy()).isNotEmpty();
            });
  }

  static Stream<Arguments> impossible() {
    return Stream.of(
        job(
            "FairPlay with cenc",
            valid().systems(DrmSystem.FAIRPLAY).scheme(ProtectionScheme.CENC),
            "protection.scheme",
            "scheme-not-supported"),
        job(
            "FairPlay in DASH only",
            valid().systems(DrmSystem.FAIRPLAY).formats(Set.of(OutputFormat.DASH)),
            "packaging.formats",
            "fairplay-needs-hls"),
        job(
            "FairPlay with cens",
            valid().systems(DrmSystem.FAIRPLAY).scheme(ProtectionScheme.CENS),
            "protection.scheme",
            "scheme-not-supported"),
        job(
            "FairPlay with 5:5",
            valid().systems(DrmSystem.FAIRPLAY).pattern(new Pattern(5, 5)),
            "protection.pattern",
            "invalid-pattern"),
        job(
            "a pattern that nobody knows",
            valid().scheme(ProtectionScheme.CBCS).pattern(new Pattern(2, 8)),
            "protection.pattern",
            "invalid-pattern"),
        job("12-byte IVs", valid().ivBytes(12), "protection.ivSize", "invalid-iv-size"),
        job(
            "16-byte IV for samples of 8",
            valid().ivBytes(8).iv(Bytes.copyOf(new byte[16])),
            "protection.iv",
            "invalid-iv"),
        job(
            "8-byte IV with cbcs",
            valid().scheme(ProtectionScheme.CBCS).iv(Bytes.ofHex("0011223344556677")),
            "protection.iv",
            "invalid-iv"),
        job("12-byte IV", valid().iv(Bytes.copyOf(new byte[12])), "protection.iv", "invalid-iv"),
        job(
            "content id with a slash",
            valid().contentId("a/b"),
            "protection.contentId",
            "invalid-content-id"),
        job("no formats", valid().formats(Set.of()), "packaging.formats", "no-format"),
        job(
            "segments of NaN seconds",
            valid().segmentSeconds(Double.NaN),
            "packaging.segment.duration",
            "invalid-segment-duration"),
        job(
            "segments of 0 seconds",
            valid().segmentSeconds(0),
            "packaging.segment.duration",
            "invalid-segment-duration"),
        job(
            "trick play with AES-128",
            valid().systems(DrmSystem.AES_128).trickPlay(true),
            "packaging.trickPlay",
            "trick-play-needs-samples"),
        job(
            "trick play in MPEG-TS",
            valid().systems(DrmSystem.SAMPLE_AES).trickPlay(true),
            "packaging.trickPlay",
            "trick-play-needs-samples"),
        job(
            "ClearKey in HLS without a key URI",
            valid().systems(DrmSystem.CLEARKEY),
            "protection.keyUri",
            "clearkey-needs-key-uri"),
        job(
            "encrypted init segments with cenc",
            valid().encryptInit(true),
            "packaging.encryptInit",
            "encrypt-init-unsupported"),
        job(
            "encrypted init segments with cbcs",
            valid().systems(DrmSystem.FAIRPLAY).encryptInit(true),
            "packaging.encryptInit",
            "encrypt-init-unsupported"),
        job(
            "encrypted init segments with SAMPLE-AES",
            valid().systems(DrmSystem.SAMPLE_AES).encryptInit(true),
            "packaging.encryptInit",
            "encrypt-init-unsupported"),
        job(
            "encrypted init segments of MPEG-TS and packed audio",
            valid().systems(DrmSystem.AES_128).container(Container.TS).encryptInit(true),
            "packaging.encryptInit",
            "encrypt-init-unsupported"),
        job("no input", PackagingJob.builder().output(Path.of("o")), "input", "no-input"),
        job("no output", PackagingJob.builder().input(Path.of("i")), "output", "no-output"));
  }

  private static Arguments job(
      String name, PackagingJob.Builder builder, String field, String code) {
    return Arguments.of(Named.of(name, builder), field, code);
  }

  private static PackagingJob.Builder valid() {
    return PackagingJob.builder().input(Path.of("My Film (1).mp4")).output(Path.of("out"));
  }
}
