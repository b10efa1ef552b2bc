package io.keymux.api.config;

import io.keymux.api.access.CertifiedClient;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.bento4.KeysOnArgv;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code security} as it is written. The variable {@code
 * KEYMUX_SECURITY_ALLOWKEYSONARGV} goes before what it says.
 *
 * @param allowKeysOnArgv whether the engine bento4 may give keys to a program as arguments; no,
 *     unless it says so
 * @param apiKeys of clients of the native API
 * @param tls absent if the service speaks plain HTTP
 * @param clients of the native API that show certificates
 * @param tokens who may issue tokens for clients of the native API
 * @param rateLimits how many requests one node takes
 * @param encryption of what the database keeps
 * @param audit how the audit log is kept
 */
public record SecurityConfig(
    @Nullable Boolean allowKeysOnArgv,
    @Nullable List<ApiKeyConfig> apiKeys,
    @Nullable TlsConfig tls,
    @Nullable List<ClientConfig> clients,
    @Nullable List<TokenConfig> tokens,
    @Nullable RateLimitsConfig rateLimits,
    @Nullable List<EncryptionConfig> encryption,
    @Nullable AuditConfig audit) {
  private static final SecurityConfig EMPTY =
      new SecurityConfig(null, null, null, null, null, null, null, null);
  private static final String VARIABLE = "KEYMUX_SECURITY_ALLOWKEYSONARGV";

  static SecuritySettings resolve(
      @Nullable SecurityConfig config, Map<String, String> environment) {
    if (config == null) {
      return resolve(EMPTY, environment);
    }
    TlsSettings tls = TlsConfig.resolve(config.tls());
    List<CertifiedClient> clients = ClientConfig.resolve(config.clients());
    if (!clients.isEmpty() && (tls == null || tls.clientAuthorities() == null)) {
      throw Grants.invalid("security.clients needs security.tls with clientAuthorities");
    }
    return new SecuritySettings(
        keysOnArgv(config, environment),
        ApiKeyConfig.resolve(config.apiKeys(), environment),
        tls,
        clients,
        TokenConfig.resolve(config.tokens()),
        RateLimitsConfig.resolve(config.rateLimits()),
        EncryptionConfig.resolve(config.encryption(), environment),
        AuditConfig.resolve(config.audit(), environment));
  }

  static KeysOnArgv keysOnArgv(@Nullable SecurityConfig config, Map<String, String> environment) {
    String text = environment.getOrDefault(VARIABLE, "");
    boolean allowed =
        switch (text) {
          case "" -> config != null && Boolean.TRUE.equals(config.allowKeysOnArgv());
          case "true" -> true;
          case "false" -> false;
          default ->
              throw new DrmException(
                  Blame.CALLER,
                  "invalid-config",
                  VARIABLE + " is \"" + text + "\", not true or false.",
                  "Correct or unset it.");
        };
    return allowed ? KeysOnArgv.ALLOWED : KeysOnArgv.REFUSED;
  }
}
