package io.keymux.api.config;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.SecretBytes;
import io.keymux.keyserver.http.AddressPolicy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code storage} of the configuration file as it is written.
 *
 * @param http web servers that inputs may be on; none unless it is there
 * @param s3 accounts of buckets
 * @param requestCredentials where credentials of requests are taken; nowhere unless it is there
 */
public record StorageConfig(
    @Nullable Http http, @Nullable List<S3> s3, @Nullable Requests requestCredentials) {

  /**
   * @param addresses {@code public} (default), {@code public-or-loopback} or {@code any}
   * @param hosts globs, at least one
   */
  public record Http(@Nullable String addresses, @Nullable List<String> hosts) {}

  /**
   * @param buckets globs, at least one
   */
  public record S3(
      @Nullable List<String> buckets,
      @Nullable URI endpoint,
      @Nullable String region,
      @Nullable Boolean pathStyle,
      @Nullable Credentials credentials) {}

  /**
   * @param type {@code default}, {@code anonymous}, {@code static} or {@code assume-role}
   * @param secretAccessKey a reference
   * @param sessionToken a reference
   */
  public record Credentials(
      @Nullable String type,
      @Nullable String accessKeyId,
      @Nullable String secretAccessKey,
      @Nullable String sessionToken,
      @Nullable String roleArn,
      @Nullable String externalId,
      @Nullable String sessionName) {}

  /** Globs. */
  public record Requests(@Nullable List<String> regions) {}

  /**
   * @throws DrmException with code {@code invalid-config} if a value cannot be used
   */
  static StorageSettings resolve(@Nullable StorageConfig config, Map<String, String> environment) {
    if (config == null) {
      return StorageSettings.NONE;
    }
    List<S3Account> accounts = new ArrayList<>();
    if (config.s3 != null) {
      for (int i = 0; i < config.s3.size(); i++) {
        accounts.add(account("storage.s3[" + i + "]", config.s3.get(i), environment));
      }
    }
    Requests requests = config.requestCredentials;
    return new StorageSettings(
        config.http == null ? null : http(config.http),
        accounts,
        requests == null ? null : new RequestCredentials(globs(requests.regions)));
  }

  private static HttpInputs http(Http written) {
    AddressPolicy addresses =
        Addresses.policy("storage.http.addresses", written.addresses, AddressPolicy.PUBLIC);
    return new HttpInputs(addresses, needed("storage.http.hosts", written.hosts));
  }

  private static S3Account account(String at, S3 written, Map<String, String> environment) {
    URI endpoint = written.endpoint;
    if (endpoint != null
        && (endpoint.getHost() == null
            || endpoint.getRawUserInfo() != null
            || endpoint.getRawQuery() != null
            || !String.valueOf(endpoint.getScheme()).matches("https?"))) {
      throw invalid(at + ".endpoint is not https://HOST or http://HOST");
    }
    return new S3Account(
        needed(at + ".buckets", written.buckets),
        endpoint,
        written.region,
        Boolean.TRUE.equals(written.pathStyle),
        credentials(at + ".credentials", written.credentials, environment));
  }

  private static S3Credentials credentials(
      String at, @Nullable Credentials written, Map<String, String> environment) {
    String type = written == null || written.type == null ? "default" : written.type;
    if (written == null) {
      return new S3Credentials.Default();
    }
    return switch (type) {
      case "default" -> new S3Credentials.Default();
      case "anonymous" -> new S3Credentials.Anonymous();
      case "static" ->
          new S3Credentials.Static(
              needed(at + ".accessKeyId", written.accessKeyId),
              SecretReference.resolve(
                  at + ".secretAccessKey",
                  needed(at + ".secretAccessKey", written.secretAccessKey),
                  environment),
              token(at + ".sessionToken", written.sessionToken, environment));
      case "assume-role" ->
          new S3Credentials.AssumeRole(
              needed(at + ".roleArn", written.roleArn),
              written.externalId,
              written.sessionName == null ? "keymux" : written.sessionName);
      default -> throw invalid(at + ".type is not default, anonymous, static or assume-role");
    };
  }

  private static @Nullable SecretBytes token(
      String at, @Nullable String reference, Map<String, String> environment) {
    return reference == null ? null : SecretReference.resolve(at, reference, environment);
  }

  private static String needed(String at, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw invalid(at + " is missing");
    }
    return value;
  }

  private static List<NameGlob> needed(String at, @Nullable List<String> values) {
    if (values == null || values.isEmpty()) {
      throw invalid(at + " names nothing");
    }
    return globs(values);
  }

  private static List<NameGlob> globs(@Nullable List<String> values) {
    return values == null ? List.of() : values.stream().map(NameGlob::of).toList();
  }

  private static DrmException invalid(String problem) {
    return new DrmException(
        Blame.CALLER, "invalid-config", problem + ".", "docs/storage.md has examples.");
  }
}
