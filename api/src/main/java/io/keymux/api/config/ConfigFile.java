package io.keymux.api.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.database.DatabaseSettings;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.bento4.KeysOnArgv;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The service's configuration file, YAML; environment variables {@code KEYMUX_HOST}, {@code
 * KEYMUX_PORT}, {@code KEYMUX_WORKERS}, {@code KEYMUX_DATABASE_URL} and those of {@link
 * AuthConfig}, {@link TicketConfig} and {@link SecurityConfig} go before what it says.
 *
 * @param roots folders that clients may name
 * @param keyServer how the embedded key server answers
 * @param keyServers accounts with key servers, by name
 * @param keyServerProfiles profiles beside those that come with Keymux, by name
 * @param keyServerAddresses which addresses key servers may have: {@code public}, {@code
 *     public-or-loopback} or {@code any}
 * @param secrets references that accounts over HTTP may use, by name
 * @param security what is refused unless the operator allows it
 * @param database that nodes share
 * @param jobs how jobs wait and run
 * @param publicUrl where players reach the service
 * @param storage where inputs and outputs may be, beside local files
 * @param mps who may use the MPS-compatible endpoint, and how it answers
 * @param webhooks how programs are told of what becomes of jobs
 */
public record ConfigFile(
    @Nullable String host,
    @Nullable Integer port,
    @Nullable List<Path> roots,
    @Nullable Integer workers,
    @Nullable KeyServerConfig keyServer,
    @Nullable Map<String, JsonNode> keyServers,
    @Nullable Map<String, JsonNode> keyServerProfiles,
    @Nullable String keyServerAddresses,
    @Nullable Map<String, String> secrets,
    @Nullable SecurityConfig security,
    @Nullable DatabaseConfig database,
    @Nullable JobsConfig jobs,
    @Nullable String publicUrl,
    @Nullable StorageConfig storage,
    @Nullable MpsConfig mps,
    @Nullable WebhooksConfig webhooks) {
  /** Says nothing. */
  public static final ConfigFile EMPTY =
      new ConfigFile(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
          null);

  /**
   * @throws DrmException with code {@code invalid-config} if it cannot be read, or holds a field
   *     that is not known
   */
  public static ConfigFile read(Path file) {
    return new ConfigReader(file).read();
  }

  /** The same with what the environment says instead. */
  public ConfigFile with(Map<String, String> environment) {
    String otherHost = environment.get("KEYMUX_HOST");
    return new ConfigFile(
        otherHost == null ? host : otherHost,
        number(environment, "KEYMUX_PORT", port),
        roots,
        number(environment, "KEYMUX_WORKERS", workers),
        keyServer,
        keyServers,
        keyServerProfiles,
        keyServerAddresses,
        secrets,
        security,
        database,
        jobs,
        publicUrl,
        storage,
        mps,
        webhooks);
  }

  /**
   * How the MPS-compatible endpoint answers, or null if nothing is said of it.
   *
   * @param environment goes before what the file says, and may hold the secrets
   * @throws DrmException with code {@code invalid-config} if a value cannot be used, or a secret
   *     stands there instead of a reference to it
   */
  public @Nullable MpsSettings mpsSettings(Map<String, String> environment) {
    return mps == null ? null : mps.resolve(environment);
  }

  /**
   * Whether keys may be arguments of programs.
   *
   * @param environment goes before what the file says
   * @throws DrmException with code {@code invalid-config} if a variable is neither true nor false
   */
  public KeysOnArgv keysOnArgv(Map<String, String> environment) {
    return SecurityConfig.keysOnArgv(security, environment);
  }

  /**
   * What clients must prove, and what is refused unless the operator allows it.
   *
   * @param environment goes before what the file says
   * @throws DrmException with code {@code invalid-config} if a value cannot be used
   */
  public SecuritySettings securitySettings(Map<String, String> environment) {
    return SecurityConfig.resolve(security, environment);
  }

  /**
   * Where players reach the service; null for where it listens.
   *
   * @throws DrmException with code {@code invalid-config} if it is no URL of a host alone
   */
  public @Nullable URI playersUrl() {
    if (publicUrl == null) {
      return null;
    }
    URI uri;
    try {
      uri = URI.create(publicUrl.replaceFirst("/$", ""));
    } catch (IllegalArgumentException e) {
      uri = URI.create("");
    }
    if (!("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
        || uri.getHost() == null
        || uri.getUserInfo() != null
        || !String.valueOf(uri.getRawPath()).isEmpty()
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new DrmException(
          Blame.CALLER,
          "invalid-config",
          "publicUrl is not the URL of a host.",
          "Write it as https://drm.example.com, without a path.");
    }
    return uri;
  }

  /**
   * The database that nodes share; null for one of the service's own.
   *
   * @param environment goes before what the file says, and may hold the password
   * @throws DrmException with code {@code invalid-config} if a value cannot be used
   */
  public @Nullable DatabaseSettings databaseSettings(Map<String, String> environment) {
    return DatabaseConfig.resolve(database, environment);
  }

  /**
   * How jobs wait and run.
   *
   * @param count how many jobs run at once here
   * @throws DrmException with code {@code invalid-config} if a value cannot be used
   */
  public QueueSettings queueSettings(int count) {
    return JobsConfig.resolve(jobs, count);
  }

  /**
   * How the embedded key server answers, with its secrets.
   *
   * @param environment goes before what the file says, and may hold the secrets
   * @throws DrmException with code {@code invalid-config} if a value cannot be used, or a secret
   *     stands there instead of a reference to it
   */
  public KeyServerSettings keyServerSettings(Map<String, String> environment) {
    return KeyServerConfig.resolve(keyServer, environment);
  }

  /**
   * The key servers that the operator knows.
   *
   * @param environment where references to secrets may lead
   * @throws DrmException with code {@code invalid-config} if a name or the addresses cannot be used
   */
  public KeyExchangeSettings keyExchange(Map<String, String> environment) {
    return KeyExchangeSettings.of(
        keyServers, keyServerProfiles, keyServerAddresses, secrets, environment);
  }

  /**
   * The storage that jobs may name.
   *
   * @param environment where references to secrets may lead
   * @throws DrmException with code {@code invalid-config} if a value cannot be used
   */
  public StorageSettings storageSettings(Map<String, String> environment) {
    return StorageConfig.resolve(storage, environment);
  }

  /**
   * How webhooks are called.
   *
   * @throws DrmException with code {@code invalid-config} if a value cannot be used
   */
  public WebhookSettings webhookSettings() {
    return WebhooksConfig.resolve(webhooks);
  }

  private static @Nullable Integer number(
      Map<String, String> environment, String name, @Nullable Integer configured) {
    String text = environment.get(name);
    if (text == null || text.isEmpty()) {
      return configured;
    }
    if (!text.matches("\\d{1,9}")) {
      throw new DrmException(
          Blame.CALLER,
          "invalid-config",
          name + " is \"" + text + "\", not a number.",
          "Correct or unset it.");
    }
    return Integer.valueOf(text);
  }
}
