package io.keymux.api.config;

import io.keymux.api.database.DatabaseSettings;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code database} as it is written.
 *
 * @param url {@code jdbc:postgresql://host/name}, without a password
 * @param password a reference to it
 * @param connections how many are open at most; {@value #CONNECTIONS} unless it says so
 */
public record DatabaseConfig(
    @Nullable String url,
    @Nullable String user,
    @Nullable String password,
    @Nullable Integer connections) {
  private static final int CONNECTIONS = 16;
  private static final String PREFIX = "jdbc:postgresql://";

  static @Nullable DatabaseSettings resolve(
      @Nullable DatabaseConfig config, Map<String, String> environment) {
    String variable = environment.getOrDefault("KEYMUX_DATABASE_URL", "");
    String url = !variable.isEmpty() ? variable : config == null ? null : config.url();
    if (url == null) {
      return null;
    }
    String lower = url.toLowerCase(java.util.Locale.ROOT);
    if (!url.startsWith(PREFIX) || lower.contains("password=") || lower.contains("@")) {
      throw invalid(
          "database.url is no URL of PostgreSQL, or holds a password.",
          "Write it as " + PREFIX + "host/name, and the password as a reference of its own.");
    }
    int connections =
        config == null || config.connections() == null ? CONNECTIONS : config.connections();
    if (connections < 2 || connections > 1000) {
      throw invalid("database.connections is " + connections + ".", "Use 2 to 1000.");
    }
    return new DatabaseSettings(
        url,
        config == null ? null : config.user(),
        config == null || config.password() == null
            ? null
            : SecretReference.resolve("database.password", config.password(), environment),
        connections);
  }

  private static DrmException invalid(String problem, String remedy) {
    return new DrmException(Blame.CALLER, "invalid-config", problem, remedy);
  }
}
