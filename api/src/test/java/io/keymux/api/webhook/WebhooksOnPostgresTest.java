package io.keymux.api.webhook;

import io.keymux.api.config.ServiceSettings;
import io.keymux.api.database.DatabaseSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On PostgreSQL. */
class WebhooksOnPostgresTest extends WebhooksContract {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static EmbeddedPostgres postgres;
  private @Nullable String name;

  @BeforeAll
  static void open() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void shut() throws IOException {
    postgres.close();
  }

  @Override
  ServiceSettings on(ServiceSettings settings) {
    if (name == null) {
      name = create();
    }
    String url = postgres.getJdbcUrl("postgres", name).replaceFirst("\\?.*", "");
    return settings.with(new DatabaseSettings(url, "postgres", null, 8));
  }

  /** An empty one for each test. */
  private static String create() {
    String fresh = "test" + NUMBER.incrementAndGet();
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + fresh);
    } catch (SQLException e) {
      throw new AssertionError("no database", e);
    }
    return fresh;
  }
}
