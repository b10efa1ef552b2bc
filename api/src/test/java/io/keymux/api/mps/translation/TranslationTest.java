package io.keymux.api.mps.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.api.config.MpsSettings;
import io.keymux.api.job.JobSpec;
import io.keymux.api.mps.MpsSamples;
import io.keymux.api.mps.ProcessMediaSample;
import io.keymux.api.mps.problem.MpsException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tencent's table of DRM types, formats and segments, and what jobs come of it. */
class TranslationTest {
  @RegisterExtension static final TranslationRig rig = new TranslationRig();

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // type, format, segments, method -> systems, scheme, formats, layout
        "widevine, HLS, mp4-segment, -, widevine, cenc, hls, segments",
        "widevine, HLS, mp4-byterange, cbcs, widevine, cbcs, hls, single-file",
        "widevine, MPEG-DASH, -, -, widevine, cenc, dash, single-file",
        "playready, MPEG-DASH, mp4-mp4-byterange, cbcs, playready, cbcs, dash, single-file",
        "playready, HLS, mp4-packed-audio, cenc, playready, cenc, hls, segments",
        "widevine+playready, HLS, mp4-mp4-segment, -, widevine playready, cenc, hls, segments",
        "playready+widevine, MPEG-DASH, -, -, widevine playready, cenc, dash, single-file",
        "fairplay, HLS, mp4-segment, -, fairplay, cbcs, hls, segments",
        "fairplay, HLS, mp4-packed-audio-byterange, cbcs, fairplay, cbcs, hls, single-file",
        "widevine+fairplay, HLS, mp4-segment, -, widevine fairplay, cbcs, hls, segments",
        "playready+fairplay, HLS, mp4-segment, -, playready fairplay, cbcs, hls, segments",
        "widevine+playready+fairplay, HLS, mp4-segment, -, widevine playready fairplay, cbcs, hls, segments",
      })
  void speke_rowOfTheTable_isThisJob(
      String type,
      String format,
      @Nullable String segments,
      @Nullable String method,
      String systems,
      String scheme,
      String formats,
      String layout) {
    ProcessMediaSample sample = ProcessMediaSample.speke(type, rig.template(format, segments));
    if (method != null) {
      sample.drm().put("EncryptionMethod", method);
    }

    StreamPlan plan = rig.one(sample);

    JobSpec.Protection protection = Objects.requireNonNull(plan.order().spec().protection());
    JobSpec.Packaging packaging = Objects.requireNonNull(plan.order().spec().packaging());
    assertThat(protection.systems()).containsExactly(systems.split(" "));
    assertThat(protection.scheme()).isEqualTo(scheme);
    assertThat(protection.keys()).isEqualTo("preset0");
    assertThat(protection.contentId()).isEqualTo("asset-1");
    assertThat(packaging.formats()).containsExactly(formats);
    assertThat(packaging.layout()).isEqualTo(layout);
    assertThat(packaging.container()).isEqualTo("fmp4");
    assertThat(packaging.segment()).isEqualTo(new JobSpec.Segment(4.0));
    assertThat(plan.note()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "fairplay, MPEG-DASH, -, which MPEG-DASH has not",
        "widevine+fairplay, MPEG-DASH, -, which MPEG-DASH has not",
        "simpleaes, MPEG-DASH, -, which MPEG-DASH has not",
        "simpleaes, HLS, mp4-byterange, encrypts segments as files",
        "simpleaes, HLS, ts-ts-byterange, encrypts segments as files",
      })
  void drm_notOfTheTable_isRefused(
      String type, String format, @Nullable String segments, String words) {
    ProcessMediaSample sample = ProcessMediaSample.of(type, rig.template(format, segments));
    MpsException refused = catchThrowableOfType(MpsException.class, () -> rig.one(sample));

    assertThat(refused.mpsCode()).isEqualTo("InvalidParameterValue");
    assertThat(refused).hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource({
    "widevine, ts-segment, segments, mp4-segment",
    "fairplay, ts-byterange, single-file, mp4-byterange",
    "playready, ts-packed-audio, segments, mp4-segment",
    "widevine+playready, ts-packed-audio-byterange, single-file, mp4-byterange",
  })
  void tsWithDrm_isCorrectedOrRefused(String type, String segments, String layout, String used) {
    ProcessMediaSample sample = ProcessMediaSample.speke(type, rig.template("HLS", segments));

    StreamPlan plan = rig.one(sample);

    JobSpec.Packaging packaging = Objects.requireNonNull(plan.order().spec().packaging());
    assertThat(packaging.container()).isEqualTo("fmp4");
    assertThat(packaging.layout()).isEqualTo(layout);
    assertThat(plan.note()).contains(segments, used);
    MpsSettings strict = MpsSamples.refusingTs(TranslationRig.SETTINGS);
    assertThat(
            catchThrowableOfType(MpsException.class, () -> rig.translate(strict, sample)).mpsCode())
        .isEqualTo("InvalidParameterValue");
  }

  @Test
  void speke_vectorInCbcs_isTheConstantIv() {
    ProcessMediaSample sample =
        ProcessMediaSample.speke("fairplay", rig.template("HLS", "mp4-segment"));
    sample
        .drm()
        .put("Vector", "F0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF")
        .put("EncryptionPreset", "preset1");

    JobSpec.Protection protection =
        Objects.requireNonNull(rig.one(sample).order().spec().protection());

    assertThat(protection.iv()).isEqualTo("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
    assertThat(protection.keys()).isEqualTo("preset1");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "https://fe.drmtoday.example/frontend/cpix/v1/a/ingest/b?ticket=1, -, drmtoday",
        "https://fe.drmtoday.example/frontend/cpix/v1/a/ingest/b/c?ticket=1, GET, drmtoday-generate",
        "https://keys.example/speke, POST, speke-v2",
        "https://keys.example/cpix?asset=1, GET, cpix-get",
      })
  void keyServerUrl_tellsItsProtocol(String url, @Nullable String mode, String protocol) {
    ProcessMediaSample sample = ProcessMediaSample.speke("widevine", 20);
    sample.drm().put("KeyServerUrl", url);
    if (mode != null) {
      sample.drm().put("KeyAcquireMode", mode);
    }

    assertThat(Objects.requireNonNull(rig.one(sample).order().spec().protection()).keyServerType())
        .isEqualTo(protocol);
  }

  @Test
  void clear_presets_areNotEncrypted() {
    JobSpec ts = rig.one(ProcessMediaSample.clear(10)).order().spec();
    assertThat(Objects.requireNonNull(ts.protection()).encrypted()).isFalse();
    assertThat(Objects.requireNonNull(ts.packaging()).container()).isEqualTo("ts");

    MpsException refused =
        catchThrowableOfType(MpsException.class, () -> rig.one(ProcessMediaSample.clear(12)));
    assertThat(refused).hasMessageContaining("HLS with SimpleAES");
  }
}
