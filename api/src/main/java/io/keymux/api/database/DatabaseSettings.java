package io.keymux.api.database;

import io.keymux.cpix.SecretBytes;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL database that several nodes share.
 *
 * @param url as JDBC has it: {@code jdbc:postgresql://host/name}; without a password
 * @param user null for that of the URL or of the process
 * @param password null for none
 * @param connections how many are open at most, at least 2
 */
public record DatabaseSettings(
    String url, @Nullable String user, @Nullable SecretBytes password, int connections) {
  public DatabaseSettings {
    if (connections < 2) {
      throw new IllegalArgumentException("not enough connections: " + connections);
    }
  }
}
