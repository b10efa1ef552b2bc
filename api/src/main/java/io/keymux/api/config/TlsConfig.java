package io.keymux.api.config;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The section {@code security.tls} as it is written. */
record TlsConfig(@Nullable Path certificate, @Nullable Path key, @Nullable Path clientAuthorities) {

  /**
   * @throws DrmException with code {@code invalid-config} if one of the two files is missing
   */
  static @Nullable TlsSettings resolve(@Nullable TlsConfig config) {
    if (config == null) {
      return null;
    }
    if (config.certificate == null || config.key == null) {
      throw new DrmException(
          Blame.CALLER,
          "invalid-config",
          "security.tls lacks certificate or key.",
          "Name two files in PEM: the certificate with those that lead to its authority, and its"
              + " private key.");
    }
    return new TlsSettings(config.certificate, config.key, config.clientAuthorities);
  }
}
