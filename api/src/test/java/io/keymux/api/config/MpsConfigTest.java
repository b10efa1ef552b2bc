package io.keymux.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import io.keymux.keyserver.http.AddressPolicy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The section mps: right, wrong, and with secrets that stand in it. */
class MpsConfigTest {
  private static final String SECRET = "the-secret-itself";

  @TempDir Path folder;

  private MpsSettings read(String yaml, Map<String, String> environment) throws IOException {
    Path file = Files.writeString(folder.resolve("keymux.yaml"), "mps:\n" + yaml.indent(2));
    return Objects.requireNonNull(ConfigFile.read(file).mpsSettings(environment));
  }

  @Test
  void read_everyField_isKept() throws IOException {
    MpsSettings settings =
        read(
            """
            credentials:
              - {secretId: A, secretKey: "${env:KEY}", token: "${env:KEY}", tenant: t}
            unsignedPayload: true
            services: [mps]
            appId: "123"
            tsWithDrm: refuse
            keyServerType: speke-v1
            buckets: [{bucket: b-1, region: r, url: "file:///srv/b/"}]
            callbackAddresses: public
            sqsEndpoint: http://127.0.0.1:9324
            """,
            Map.of("KEY", SECRET));

    assertThat(Objects.requireNonNull(settings.credentials().get("A")).tenant()).isEqualTo("t");
    assertThat(settings.unsignedPayload()).isTrue();
    assertThat(settings.services()).containsExactly("mps");
    assertThat(settings.appId()).isEqualTo("123");
    assertThat(settings.refuseTsWithDrm()).isTrue();
    assertThat(settings.keyServerType()).isEqualTo("speke-v1");
    assertThat(settings.buckets())
        .containsExactly(new MpsSettings.Bucket("b-1", "r", "file:///srv/b"));
    assertThat(settings.callbackAddresses()).isEqualTo(AddressPolicy.PUBLIC);
    assertThat(settings.sqsEndpoint()).isEqualTo(URI.create("http://127.0.0.1:9324/"));
    assertThat(settings.toString()).doesNotContain(SECRET);
  }

  @Test
  void read_variables_goBeforeTheFile() throws IOException {
    MpsSettings settings =
        read(
            "tsWithDrm: correct",
            Map.of("KEYMUX_MPS_TSWITHDRM", "refuse", "KEYMUX_MPS_UNSIGNEDPAYLOAD", "true"));

    assertThat(settings.refuseTsWithDrm()).isTrue();
    assertThat(settings.unsignedPayload()).isTrue();
  }

  @Test
  void read_noSection_isNull() {
    assertThat(ConfigFile.EMPTY.mpsSettings(Map.of())).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "credentials: [{secretId: A, secretKey: the-secret-itself}]",
        "credentials: [{secretId: A}]",
        "credentials: [{secretKey: \"${env:KEY}\"}]",
        "credentials: [{secretId: \"A/B\", secretKey: \"${env:KEY}\"}]",
        "credentials: [{secretId: A, secretKey: \"${env:OTHER}\"}]",
        "credentials: [{secretId: A, secretKey: \"${env:KEY}\", tenant: \"a b\"}]",
        "credentials: [{secretId: A, secretKey: \"${env:KEY}\"}, {secretId: A, secretKey: \"${env:KEY}\"}]",
        "credentials: [{secretId: A, secretKey: \"${env:KEY}\", user: x}]",
        "tsWithDrm: maybe",
        "appId: x",
        "callbackAddresses: none",
        "sqsEndpoint: http://user@host/",
        "buckets: [{bucket: b}]",
        "buckets: [{bucket: b, url: \"ftp://x\"}]",
        "bucketEvents: [{queue: q, region: r, accessKeyId: A, secretAccessKey: \"${env:KEY}\"}]",
        "bucketEvents: [{queue: q, region: r, accessKeyId: A, secretAccessKey: the-secret-itself, processMedia: {}}]",
        "bucketEvents: [{region: r, accessKeyId: A, secretAccessKey: \"${env:KEY}\", processMedia: {}}]",
        "bucketEvents: [{queue: q, region: r, accessKeyId: A, secretAccessKey: \"${env:KEY}\", processMedia: {InputInfo: {}}}]",
        "bucketEvents: [{queue: q, region: r, accessKeyId: A, secretAccessKey: \"${env:KEY}\", processMedia: {A: \"${env:OTHER}\"}}]",
      })
  void read_wrongSection_isRefusedWithoutQuotingSecrets(String yaml) {
    DrmException refused =
        catchThrowableOfType(DrmException.class, () -> read(yaml, Map.of("KEY", SECRET)));

    assertThat(refused.code()).isEqualTo("invalid-config");
    assertThat(refused.getMessage()).doesNotContain(SECRET);
  }
}
