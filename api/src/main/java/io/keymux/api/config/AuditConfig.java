package io.keymux.api.config;

import io.keymux.cpix.SecretBytes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code security.audit} as it is written.
 *
 * @param key a reference to 32 bytes as 64 hex digits or in base64; absent for one beside the log
 */
record AuditConfig(@Nullable String key) {

  /**
   * @throws io.keymux.cpix.DrmException with code {@code invalid-config} if the key cannot be used
   */
  static @Nullable SecretBytes resolve(
      @Nullable AuditConfig config, Map<String, String> environment) {
    if (config == null || config.key == null) {
      return null;
    }
    String setting = "security.audit.key";
    return KeyText.read(setting, SecretReference.resolve(setting, config.key, environment));
  }
}
