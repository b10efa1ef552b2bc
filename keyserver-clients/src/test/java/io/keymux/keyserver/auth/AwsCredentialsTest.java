package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.keymux.cpix.DrmException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials from the environment and from the files of AWS tools. */
class AwsCredentialsTest {
  private static final String SECRET = "wJalr/XUtn+FEMI=7MDENG";
  private static final URI STS = URI.create("https://sts.example/");

  @TempDir private Path home;

  @Test
  void environment_allThree_areRead() throws Exception {
    AwsCredentials credentials =
        EnvironmentCredentials.of(
                Map.of(
                    "AWS_ACCESS_KEY_ID",
                    "AKIDENV",
                    "AWS_SECRET_ACCESS_KEY",
                    SECRET,
                    "AWS_SESSION_TOKEN",
                    "token"))
            .get(new ScriptedSender());

    assertThat(credentials)
        .isEqualTo(new AwsCredentials("AKIDENV", Secrets.of(SECRET), "token", null));
    Secrets.assertNone(credentials.toString(), SECRET, "token", "AKIDENV");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"})
  void environment_oneMissing_isNamed(String missing) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_ACCESS_KEY_ID", "AKIDENV");
    environment.put("AWS_SECRET_ACCESS_KEY", SECRET);
    AwsCredentialsProvider provider = EnvironmentCredentials.of(environment);

    environment.put(missing, "");
    unusable(() -> provider.get(new ScriptedSender()), "The environment has no " + missing);
    environment.remove(missing);
    unusable(() -> provider.get(new ScriptedSender()), "The environment has no " + missing);
  }

  @Test
  void profile_keys_areReadEachTime() throws Exception {
    credentials("# mine\n[default]\naws_access_key_id=AKID1\naws_secret_access_key = " + SECRET);
    AwsCredentialsProvider provider = ProfileCredentials.of(AwsProfileFiles.of(home), "default");
    assertThat(provider.get(new ScriptedSender()))
        .isEqualTo(AwsCredentials.of("AKID1", Secrets.of(SECRET)));

    credentials(
        """
        [other]
        aws_access_key_id = AKIDX
        [ default ] ; renewed
          nested = no
        AWS_ACCESS_KEY_ID = AKID2 # note
        aws_secret_access_key = a=b#c
        aws_session_token = t
        """);
    assertThat(provider.get(new ScriptedSender()))
        .isEqualTo(new AwsCredentials("AKID2", Secrets.of("a=b#c"), "t", null));
  }

  @Test
  void profile_bothFiles_credentialsWin() throws Exception {
    credentials("[team]\naws_access_key_id=AKID1\naws_secret_access_key=" + SECRET);
    config("[profile team]\naws_access_key_id=AKID2\n[team]\naws_session_token=not-read");

    assertThat(ProfileCredentials.of(AwsProfileFiles.of(home), "team").get(new ScriptedSender()))
        .isEqualTo(AwsCredentials.of("AKID1", Secrets.of(SECRET)));
  }

  @Test
  void profile_role_isAssumedWithTheSource() throws Exception {
    credentials("[base]\naws_access_key_id=AKIDBASE\naws_secret_access_key=" + SECRET);
    config(
        """
        [profile keys]
        role_arn = arn:aws:iam::123456789012:role/keys
        source_profile = base
        region = eu-west-1
        external_id = x/1
        role_session_name = job@host
        duration_seconds = 900
        """);
    ScriptedSender sender = new ScriptedSender().then(200, AssumeRoleTest.answer("AKIDROLE"));

    AwsCredentials credentials =
        ProfileCredentials.of(AwsProfileFiles.of(home), "keys", STS).get(sender);

    assertThat(credentials.accessKeyId()).isEqualTo("AKIDROLE");
    assertThat(sender.calls.get(0).uri()).isEqualTo(STS);
    assertThat(sender.calls.get(0).header("Authorization"))
        .contains("Credential=AKIDBASE/")
        .contains("/eu-west-1/sts/aws4_request");
    assertThat(sender.body(0))
        .isEqualTo(
            "Action=AssumeRole&Version=2011-06-15"
                + "&RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fkeys"
                + "&RoleSessionName=job%40host&DurationSeconds=900&ExternalId=x%2F1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "region=eu-west-1 | There is no AWS profile nobody in",
        "[profile nobody];region=eu-west-1 | has no aws_secret_access_key",
        "[profile nobody];aws_secret_access_key=canary-4711 | has no aws_access_key_id",
        "[profile nobody];role_arn=arn:aws:iam::123456789012:role/k;region=eu-west-1"
            + " | has no source_profile",
        "[profile nobody];role_arn=arn:aws:iam::123456789012:role/k;source_profile=b;"
            + "[profile b];aws_access_key_id=A;aws_secret_access_key=canary-4711 | has no region",
        "[profile nobody];role_arn=r;source_profile=b;region=e;[profile b];role_arn=r;"
            + "source_profile=nobody;region=e | leads back to itself by source_profile",
        "[profile nobody];role_arn=role;source_profile=b;region=e;"
            + "[profile b];aws_access_key_id=A;aws_secret_access_key=canary-4711"
            + " | is not arn:aws:iam::ACCOUNT:role/NAME",
        "[profile nobody];sso_session=x | uses sso_session, which is not supported",
        "[profile nobody];credential_process=canary-4711 | uses credential_process",
        "[profile nobody];role_arn=r;mfa_serial=x | uses mfa_serial",
        "[profile nobody];role_arn=r;region=e;source_profile=nobody;duration_seconds=1h"
            + " | has a duration_seconds that is no number",
      })
  void profile_unusable_saysWhy(String config, String message) throws Exception {
    config(config.replace(';', '\n'));
    unusable(() -> ProfileCredentials.of(AwsProfileFiles.of(home), "nobody"), message);
  }

  @Test
  void profile_noFiles_isUnusable() {
    unusable(
        () -> ProfileCredentials.of(AwsProfileFiles.of(home), "default"),
        "There is no AWS profile default in credentials and config.");
  }

  @Test
  void profile_fileThatIsNoText_isUnusable() throws Exception {
    Files.createDirectories(home.resolve(".aws"));
    Files.write(home.resolve(".aws/credentials"), new byte[] {'[', (byte) 0xff});
    unusable(
        () -> ProfileCredentials.of(AwsProfileFiles.of(home), "default"),
        "is not readable text of at most 1 MiB");
    Files.write(home.resolve(".aws/credentials"), new byte[(1 << 20) + 1]);
    unusable(
        () -> ProfileCredentials.of(AwsProfileFiles.of(home), "default"),
        "is not readable text of at most 1 MiB");
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:iam::12345:role/k, keymux, eu-west-1, 3600",
    "arn:aws:iam::123456789012:user/k, keymux, eu-west-1, 3600",
    "arn:aws:iam::123456789012:role/k, k, eu-west-1, 3600",
    "arn:aws:iam::123456789012:role/k, a b, eu-west-1, 3600",
    "arn:aws:iam::123456789012:role/k, keymux, evil.example/, 3600",
    "arn:aws:iam::123456789012:role/k, keymux, eu-west-1, 899",
    "arn:aws:iam::123456789012:role/k, keymux, eu-west-1, 43201",
  })
  void role_outOfBounds_isRefused(String arn, String session, String region, long seconds) {
    unusable(
        () -> new AwsRole(arn, session, region, null, Duration.ofSeconds(seconds)),
        "The AWS role ");
  }

  @ParameterizedTest
  @CsvSource({
    "eu-west-1, https://sts.eu-west-1.amazonaws.com/",
    "cn-north-1, https://sts.cn-north-1.amazonaws.com.cn/",
  })
  void role_region_hasItsTokenService(String region, URI endpoint) {
    assertThat(AwsRole.of("arn:aws:iam::123456789012:role/k", region).endpoint())
        .isEqualTo(endpoint);
  }

  private static void unusable(ThrowingCallable call, String message) {
    DrmException failure = catchThrowableOfType(DrmException.class, call);
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo("key-server-credentials-invalid");
    assertThat(failure.blame()).isEqualTo(DrmException.Blame.CALLER);
    assertThat(failure).hasMessageContaining(message).hasNoCause();
    Secrets.assertNone(failure, SECRET, "canary-4711");
  }

  private void credentials(String text) throws IOException {
    write("credentials", text);
  }

  private void config(String text) throws IOException {
    write("config", text);
  }

  private void write(String name, String text) throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws").resolve(name), text, UTF_8);
  }
}
