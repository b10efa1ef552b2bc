package io.keymux.api.mps.translation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.api.job.JobSecrets;
import io.keymux.api.job.JobSpec;
import io.keymux.api.mps.ProcessMediaSample;
import io.keymux.cpix.Bytes;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What of a call is secret, and where it goes. */
class TranslationSecretsTest {
  @RegisterExtension static final TranslationRig rig = new TranslationRig();

  @Test
  void speke_secrets_areNotInTheSpec() {
    ProcessMediaSample sample = ProcessMediaSample.speke("widevine", 20);
    sample.drm().put("Vector", "F0F1F2F3F4F5F6F7F8F9FAFBFCFDFEFF");

    StreamPlan plan = rig.one(sample);

    JobSpec.Protection protection = Objects.requireNonNull(plan.order().spec().protection());
    assertThat(protection.keyServer()).isEqualTo("https://fe.drmtoday.example/…");
    assertThat(protection.keyServerType()).isEqualTo("drmtoday");
    // Counter mode has IVs of 8 bytes, of which the vector gives the first.
    assertThat(protection.iv()).isEqualTo("f0f1f2f3f4f5f6f7");
    JobSecrets secrets = plan.order().secrets();
    assertThat(new String(Objects.requireNonNull(secrets.keyServerUrl()).reveal(), UTF_8))
        .isEqualTo(ProcessMediaSample.KEY_SERVER);
    assertThat(plan.toString()).doesNotContain("ST-TICKET");
  }

  @Test
  void simpleAes_keyAndVector_areSecretsAndTheUriIsNot() {
    StreamPlan plan = rig.one(ProcessMediaSample.of("simpleaes", 12));

    JobSecrets.OwnKey key = Objects.requireNonNull(plan.order().secrets().key());
    assertThat(key.value().reveal()).isEqualTo(Bytes.ofHex(ProcessMediaSample.KEY).toArray());
    assertThat(key.iv()).isEqualTo(Bytes.ofHex(ProcessMediaSample.VECTOR));
    JobSpec.Protection protection = Objects.requireNonNull(plan.order().spec().protection());
    assertThat(protection.systems()).containsExactly("aes-128");
    assertThat(protection.keyUri()).isEqualTo("https://keys.example/1");
    assertThat(plan.toString()).doesNotContainIgnoringCase(ProcessMediaSample.KEY);
  }

  @Test
  void s3_credentials_areSecrets() {
    ProcessMediaSample sample = ProcessMediaSample.s3(20);

    StreamPlan plan = rig.one(sample);

    assertThat(Objects.requireNonNull(plan.order().spec().input()).url())
        .isEqualTo("s3://films/in/my film.mp4");
    JobSecrets.StorageAccess access = Objects.requireNonNull(plan.order().secrets().input());
    assertThat(access.accessKeyId()).isEqualTo("AKIA1");
    assertThat(access.region()).isEqualTo("eu-west-3");
    assertThat(new String(access.secretAccessKey().reveal(), UTF_8)).isEqualTo("S3-SECRET");
    assertThat(plan.order().secrets().output()).isEqualTo(access);
    assertThat(plan.toString()).doesNotContain("S3-SECRET");
  }

  @Test
  void urlWithSignature_isSecret() {
    ProcessMediaSample sample =
        ProcessMediaSample.url(20, "https://cdn.example/a/f.mp4?sig=SIGNED");

    StreamPlan plan = rig.one(sample);

    assertThat(Objects.requireNonNull(plan.order().spec().input()).url())
        .isEqualTo("https://cdn.example/a/f.mp4");
    assertThat(
            new String(Objects.requireNonNull(plan.order().secrets().inputUrl()).reveal(), UTF_8))
        .endsWith("?sig=SIGNED");
    assertThat(plan.path()).isEqualTo("/f_adaptiveDynamicStreaming_20.mpd");
  }
}
