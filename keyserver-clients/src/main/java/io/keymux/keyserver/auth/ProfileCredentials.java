package io.keymux.keyserver.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.http.CallSender;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A profile of the AWS tools: keys, or a role that another profile may assume ({@code role_arn}
 * with {@code source_profile}). Keys are read whenever they are needed, so that what another tool
 * renews is found.
 *
 * @see "AWS SDKs and Tools Reference Guide, Shared config and credentials files"
 */
public final class ProfileCredentials implements AwsCredentialsProvider {
  /** Ways to credentials that need a browser, a program or a device. */
  private static final List<String> OTHER_WAYS =
      List.of(
          "credential_process",
          "credential_source",
          "sso_session",
          "sso_start_url",
          "web_identity_token_file",
          "mfa_serial");

  private final AwsProfileFiles files;
  private final String name;

  private ProfileCredentials(AwsProfileFiles files, String name) {
    this.files = files;
    this.name = name;
  }

  /**
   * @param name {@code default} if the user has named none
   * @throws DrmException with code {@code key-server-credentials-invalid} if the profile is
   *     missing, incomplete, leads back to itself, or needs a way to credentials that is not
   *     supported (SSO, a program, web identity, MFA)
   */
  public static AwsCredentialsProvider of(AwsProfileFiles files, String name) {
    return of(files, name, null);
  }

  /**
   * @param sts the token service for profiles with a role; null for that of the profile's region
   * @throws DrmException as {@link #of(AwsProfileFiles, String)}
   */
  public static AwsCredentialsProvider of(AwsProfileFiles files, String name, @Nullable URI sts) {
    return of(files, name, sts, new HashSet<>());
  }

  private static AwsCredentialsProvider of(
      AwsProfileFiles files, String name, @Nullable URI sts, Set<String> above) {
    Map<String, String> settings = files.profile(name);
    for (String way : OTHER_WAYS) {
      if (settings.containsKey(way)) {
        throw unusable(name, "uses " + way + ", which is not supported");
      }
    }
    String arn = settings.get("role_arn");
    if (arn == null) {
      keys(name, settings); // Fails now rather than in the first job.
      return new ProfileCredentials(files, name);
    }
    if (!above.add(name)) {
      throw unusable(name, "leads back to itself by source_profile");
    }
    String source = required(name, settings, "source_profile");
    AwsCredentialsProvider keys =
        source.equals(name) ? new ProfileCredentials(files, name) : of(files, source, sts, above);
    AwsRole role = role(name, arn, settings);
    return sts == null ? AssumeRole.of(keys, role) : AssumeRole.of(keys, role, sts);
  }

  private static AwsRole role(String name, String arn, Map<String, String> settings) {
    String seconds = settings.getOrDefault("duration_seconds", "3600");
    if (!seconds.matches("[0-9]{1,6}")) {
      throw unusable(name, "has a duration_seconds that is no number");
    }
    return new AwsRole(
        arn,
        settings.getOrDefault("role_session_name", "keymux"),
        required(name, settings, "region"),
        settings.get("external_id"),
        Duration.ofSeconds(Long.parseLong(seconds)));
  }

  @Override
  public AwsCredentials get(CallSender sender) {
    return keys(name, files.profile(name));
  }

  private static AwsCredentials keys(String name, Map<String, String> settings) {
    byte[] secret = required(name, settings, "aws_secret_access_key").getBytes(UTF_8);
    return new AwsCredentials(
        required(name, settings, "aws_access_key_id"),
        SecretBytes.copyOf(secret),
        settings.get("aws_session_token"),
        null);
  }

  private static String required(String name, Map<String, String> settings, String setting) {
    String value = settings.getOrDefault(setting, "");
    if (value.isEmpty()) {
      throw unusable(name, "has no " + setting);
    }
    return value;
  }

  private static DrmException unusable(String name, String what) {
    return UnusableCredentials.because(
        "The AWS profile %s %s.".formatted(name, what),
        "Use a profile with keys, or with a role, its region and a source_profile with keys.");
  }

  @Override
  public String toString() {
    return "ProfileCredentials";
  }
}
