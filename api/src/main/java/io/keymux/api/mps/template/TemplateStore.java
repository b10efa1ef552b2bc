package io.keymux.api.mps.template;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.api.json.Json;
import io.keymux.api.mps.problem.MpsException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Keeps the templates that clients make; each tenant has its own. */
public final class TemplateStore {
  /** How many a tenant may have. */
  static final int LIMIT = 100;

  private static final String SELECT =
      "select definition, draft, created_at, updated_at from mps_templates where tenant = ?";

  private final Database database;

  public TemplateStore(Database database) {
    this.database = database;
  }

  /** Those of a tenant, by number. */
  List<Template> all(String tenant) {
    return database.with(
        connection ->
            Sql.of(SELECT + " order by definition", tenant)
                .list(connection, TemplateStore::template));
  }

  Optional<Template> find(String tenant, long definition) {
    return database.with(
        connection ->
            Sql.of(SELECT + " and definition = ?", tenant, definition)
                .first(connection, TemplateStore::template));
  }

  /**
   * Keeps a new template under a number that none had before.
   *
   * @throws MpsException with code {@code LimitExceeded.TooMuchTemplate} if the tenant has {@value
   *     #LIMIT}
   */
  Template create(String tenant, Template.Draft draft, Instant now) {
    return database.transaction(
        connection -> {
          long count =
              Sql.of("select count(*) from mps_templates where tenant = ?", tenant)
                  .first(connection, row -> row.getLong(1))
                  .orElseThrow();
          if (count >= LIMIT) {
            throw MpsException.of(
                "LimitExceeded.TooMuchTemplate",
                "There are " + LIMIT + " templates already.",
                "Delete one that is not used.");
          }
          long definition =
              Sql.of("select nextval('mps_definitions')")
                  .first(connection, row -> row.getLong(1))
                  .orElseThrow();
          Sql.of(
                  "insert into mps_templates (definition, tenant, draft, created_at, updated_at)"
                      + " values (?, ?, ?, ?, ?)",
                  definition,
                  tenant,
                  Json.line(draft),
                  now,
                  now)
              .update(connection);
          return new Template(definition, false, draft, now, now);
        });
  }

  /**
   * Replaces what a template says.
   *
   * @return false if there is none of this number
   */
  boolean update(String tenant, long definition, Template.Draft draft, Instant now) {
    return database.with(
        connection ->
            Sql.of(
                        "update mps_templates set draft = ?, updated_at = ?"
                            + " where tenant = ? and definition = ?",
                        Json.line(draft),
                        now,
                        tenant,
                        definition)
                    .update(connection)
                == 1);
  }

  /**
   * @return false if there is none of this number
   */
  boolean delete(String tenant, long definition) {
    return database.with(
        connection ->
            Sql.of(
                        "delete from mps_templates where tenant = ? and definition = ?",
                        tenant,
                        definition)
                    .update(connection)
                == 1);
  }

  private static Template template(ResultSet row) throws SQLException {
    return new Template(
        row.getLong("definition"),
        false,
        Json.read(row.getString("draft").getBytes(StandardCharsets.UTF_8), Template.Draft.class),
        Objects.requireNonNull(Sql.instant(row, "created_at")),
        Objects.requireNonNull(Sql.instant(row, "updated_at")));
  }
}
