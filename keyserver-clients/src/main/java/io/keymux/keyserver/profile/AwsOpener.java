package io.keymux.keyserver.profile;

import io.keymux.keyserver.auth.AssumeRole;
import io.keymux.keyserver.auth.AwsCredentials;
import io.keymux.keyserver.auth.AwsCredentialsProvider;
import io.keymux.keyserver.auth.AwsProfileFiles;
import io.keymux.keyserver.auth.AwsRole;
import io.keymux.keyserver.auth.EnvironmentCredentials;
import io.keymux.keyserver.auth.ProfileCredentials;
import io.keymux.keyserver.auth.SigV4Authorizer;
import io.keymux.keyserver.http.CallAuthorizer;
import java.nio.file.Path;
import java.time.Duration;

/** AWS signatures: {@code auth} of type {@code sigv4}. */
final class AwsOpener {
  private AwsOpener() {}

  static CallAuthorizer open(ProfileFields auth) {
    String region = auth.word("region");
    auth.word("service");
    String service = auth.text("service", "execute-api");
    AwsCredentialsProvider credentials = source(auth);
    if (auth.has("role")) {
      credentials = assumed(auth.section("role"), credentials);
    }
    return SigV4Authorizer.of(credentials, service, region);
  }

  private static AwsCredentialsProvider source(ProfileFields auth) {
    return switch (auth.text("credentials", "static")) {
      case "static" -> {
        auth.word("accessKeyId");
        AwsCredentials fixed =
            AwsCredentials.of(auth.text("accessKeyId"), auth.secret("secretAccessKey"));
        yield sender -> fixed;
      }
      case "environment" -> EnvironmentCredentials.of(System.getenv());
      case "profile" ->
          ProfileCredentials.of(
              AwsProfileFiles.of(Path.of(System.getProperty("user.home"))),
              auth.text("awsProfile", "default"));
      default -> throw auth.fault("credentials", "is not one of static, environment, profile");
    };
  }

  private static AwsCredentialsProvider assumed(ProfileFields role, AwsCredentialsProvider source) {
    AwsRole wanted =
        new AwsRole(
            role.text("arn"),
            role.text("sessionName", "keymux"),
            role.text("region"),
            role.optional("externalId"),
            role.duration("duration", Duration.ofHours(1)));
    return role.has("sts")
        ? AssumeRole.of(source, wanted, AuthOpener.url(role, "sts"))
        : AssumeRole.of(source, wanted);
  }
}
