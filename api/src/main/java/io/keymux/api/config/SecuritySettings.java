package io.keymux.api.config;

import io.keymux.api.access.ApiKey;
import io.keymux.packager.bento4.KeysOnArgv;
import java.util.List;

/**
 * What clients must prove, and what is refused unless the operator allows it.
 *
 * @param keysOnArgv whether jobs may ask for an engine that shows keys to users of this machine
 * @param apiKeys of clients of the native API; with none, nobody is asked who they are
 */
public record SecuritySettings(KeysOnArgv keysOnArgv, List<ApiKey> apiKeys) {
  /** Nobody is asked who they are, so only this machine may ask. */
  public static final SecuritySettings DEFAULT =
      new SecuritySettings(KeysOnArgv.REFUSED, List.of());

  public SecuritySettings {
    apiKeys = List.copyOf(apiKeys);
  }

  /** Whether nobody is asked who they are. */
  public boolean isOpen() {
    return apiKeys.isEmpty();
  }
}
