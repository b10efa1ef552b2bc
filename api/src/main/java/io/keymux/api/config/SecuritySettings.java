package io.keymux.api.config;

import io.keymux.api.access.ApiKey;
import io.keymux.api.access.CertifiedClient;
import io.keymux.api.access.RateLimits;
import io.keymux.api.access.TokenIssuer;
import io.keymux.api.envelope.KeyEncryptionKey;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.bento4.KeysOnArgv;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What clients must prove, and what is refused unless the operator allows it.
 *
 * @param keysOnArgv whether jobs may ask for an engine that shows keys to users of this machine
 * @param apiKeys of clients of the native API
 * @param tls null for plain HTTP
 * @param clients of the native API that show certificates; with none, no API key and no issuer,
 *     nobody is asked who they are
 * @param tokenIssuers whose tokens open the native API
 * @param rateLimits how many requests one node takes
 * @param keyEncryptionKeys of what the database keeps: the first encrypts, all decrypt; with none,
 *     one is made of the seed
 * @param auditKey that binds the lines of the audit log; null for one that is kept beside it
 */
public record SecuritySettings(
    KeysOnArgv keysOnArgv,
    List<ApiKey> apiKeys,
    @Nullable TlsSettings tls,
    List<CertifiedClient> clients,
    List<TokenIssuer> tokenIssuers,
    RateLimits rateLimits,
    List<KeyEncryptionKey> keyEncryptionKeys,
    @Nullable SecretBytes auditKey) {
  /** Nobody is asked who they are, so only this machine may ask. */
  public static final SecuritySettings DEFAULT =
      new SecuritySettings(
          KeysOnArgv.REFUSED,
          List.of(),
          null,
          List.of(),
          List.of(),
          RateLimits.DEFAULT,
          List.of(),
          null);

  public SecuritySettings {
    apiKeys = List.copyOf(apiKeys);
    clients = List.copyOf(clients);
    tokenIssuers = List.copyOf(tokenIssuers);
    keyEncryptionKeys = List.copyOf(keyEncryptionKeys);
  }

  /** Whether nobody is asked who they are. */
  public boolean isOpen() {
    return apiKeys.isEmpty() && clients.isEmpty() && tokenIssuers.isEmpty();
  }
}
