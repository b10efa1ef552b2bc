package io.keymux.packager.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.KeyRule;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.packager.JobResult;
import io.keymux.packager.media.Layout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OwnOutputTest {
  @TempDir private Path folder;

  static Stream<Arguments> combinations() {
    return Stream.of(ProtectionScheme.CENC, ProtectionScheme.CBCS)
        .flatMap(
            scheme ->
                Stream.of(Layout.values())
                    .flatMap(
                        layout ->
                            Stream.of(KeyRule.PRESET0, KeyRule.PRESET1)
                                .map(rule -> Arguments.of(scheme, layout, rule))));
  }

  @Test
  void verify_tracksForTrickPlay_areTheSourcesSyncSamples() throws InterruptedException {
    Path output = folder.resolve("out");
    JobResult job =
        PackagedLadder.packInto(
            output,
            ProtectionScheme.CENC,
            Layout.SEGMENTS,
            KeyRule.PRESET1,
            PackagedLadder.SOURCES,
            wish -> wish.trickPlay(true));
    assertThat(job.verification().findings()).isEmpty();

    VerificationReport report =
        PresentationVerifier.verify(
            new VerifyRequest(output, TestKeys.of(job), PackagedLadder.SOURCES));

    assertThat(report.findings()).isEmpty();
    assertThat(report.tracks()).isEqualTo(7);
    assertThat(report.samplesCompared()).isEqualTo(3 * (240 + 5) + 470);
  }

  @Test
  void verify_textAmongTheSources_isNotCompared() throws Exception {
    Path text =
        Files.writeString(
            folder.resolve("en.vtt"), "WEBVTT\n\n00:01.000 --> 00:07.000\nover a cut\n");
    List<Path> inputs = List.of(PackagedLadder.SOURCES.get(3), text);
    Path output = folder.resolve("out");
    JobResult job =
        PackagedLadder.packInto(
            output, ProtectionScheme.CBCS, Layout.SEGMENTS, KeyRule.PRESET0, inputs);

    VerificationReport report =
        PresentationVerifier.verify(new VerifyRequest(output, TestKeys.of(job), inputs));

    assertThat(report.findings()).isEmpty();
    assertThat(report.samplesCompared()).isEqualTo(470);
    assertThat(job.verification().samplesCompared()).isGreaterThan(470);
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void verify_ownOutput_findsNothingButAWrongKey(
      ProtectionScheme scheme, Layout layout, KeyRule rule) throws InterruptedException {
    Path output = folder.resolve("out");
    JobResult job = PackagedLadder.packInto(output, scheme, layout, rule, PackagedLadder.SOURCES);
    assertThat(job.verification().findings()).isEmpty();

    VerificationReport right =
        PresentationVerifier.verify(
            new VerifyRequest(output, TestKeys.of(job), PackagedLadder.SOURCES));

    assertThat(right.findings()).isEmpty();
    assertThat(right.tracks()).isEqualTo(4);
    assertThat(right.samplesCompared())
        .isEqualTo(3 * 240 + 470)
        .isEqualTo(right.samplesDecrypted());
    assertThat(job.verification().samplesCompared()).isEqualTo(right.samplesCompared());

    VerificationReport wrong =
        PresentationVerifier.verify(
            new VerifyRequest(output, TestKeys.wrong(TestKeys.of(job)), PackagedLadder.SOURCES));

    assertThat(wrong.passed()).isFalse();
    assertThat(wrong.findings())
        .extracting(Finding::code)
        .containsOnly("not-the-source")
        .hasSize(4);
    assertThat(withoutSources(output, Map.of()).findings())
        .extracting(Finding::code)
        .containsOnly("no-key")
        .hasSize(TestKeys.of(job).size());
  }

  @ParameterizedTest
  @MethodSource("combinations")
  void verify_playlistAlone_isReadWithItsFolder(
      ProtectionScheme scheme, Layout layout, KeyRule rule) throws InterruptedException {
    Path output = folder.resolve("out");
    List<Path> audio = PackagedLadder.SOURCES.subList(3, 4);
    JobResult job = PackagedLadder.packInto(output, scheme, layout, rule, audio);
    String track = job.presentation().tracks().get(0).track().name();

    VerificationReport report =
        withoutSources(output.resolve(track).resolve("media.m3u8"), TestKeys.of(job));

    assertThat(report.findings()).isEmpty();
    assertThat(report.samplesDecrypted()).isEqualTo(470);
  }

  private static VerificationReport withoutSources(
      Path path, Map<io.keymux.cpix.KeyId, io.keymux.cpix.SecretBytes> keys) {
    return PresentationVerifier.verify(new VerifyRequest(path, keys, List.of()));
  }
}
