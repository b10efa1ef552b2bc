package io.keymux.api.envelope;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.api.envelope.WrappedKey.Purpose;
import io.keymux.cpix.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Keeps wrapped keys. All methods throw {@link io.keymux.api.database.DatabaseException} if the
 * database does not answer.
 */
final class WrappedKeys {
  private static final String COLUMNS = "id, purpose, tenant, kek, wrapped, created_at";

  private final Database database;

  WrappedKeys(Database database) {
    this.database = database;
  }

  /** Keeps a new one, unless there is one of its id. */
  void add(WrappedKey key) {
    database.transaction(
        connection ->
            Sql.of(
                    "insert into wrapped_keys ("
                        + COLUMNS
                        + ") values (?, ?, ?, ?, ?, ?) on conflict do nothing",
                    key.id(),
                    key.purpose().column(),
                    key.tenant(),
                    key.keyEncryptionKey(),
                    key.wrapped(),
                    key.created())
                .update(connection));
  }

  Optional<WrappedKey> find(Purpose purpose, String id) {
    return database.with(
        connection ->
            Sql.of(
                    "select " + COLUMNS + " from wrapped_keys where id = ? and purpose = ?",
                    id,
                    purpose.column())
                .first(connection, WrappedKeys::read));
  }

  /** The data key of a tenant that was made last. */
  Optional<WrappedKey> newest(String tenant) {
    return database.with(
        connection ->
            Sql.of(
                    "select "
                        + COLUMNS
                        + " from wrapped_keys where purpose = ? and tenant = ?"
                        + " order by created_at desc, id limit 1",
                    Purpose.DATA.column(),
                    tenant)
                .first(connection, WrappedKeys::read));
  }

  /** Those that are not under this key-encryption key, at most {@code limit}. */
  List<WrappedKey> notUnder(String keyEncryptionKey, int limit) {
    return database.with(
        connection ->
            Sql.of(
                    "select " + COLUMNS + " from wrapped_keys where kek <> ? order by id limit ?",
                    keyEncryptionKey,
                    limit)
                .list(connection, WrappedKeys::read));
  }

  /** Which key-encryption keys are in use. */
  List<String> keyEncryptionKeys() {
    return database.with(
        connection ->
            Sql.of("select distinct kek from wrapped_keys order by kek")
                .list(connection, row -> row.getString(1)));
  }

  /** Replaces one as it was read; whether nobody else did so first. */
  boolean replace(WrappedKey before, WrappedKey after) {
    return database.transaction(
            connection ->
                Sql.of(
                        "update wrapped_keys set kek = ?, wrapped = ?"
                            + " where id = ? and purpose = ? and kek = ?",
                        after.keyEncryptionKey(),
                        after.wrapped(),
                        before.id(),
                        before.purpose().column(),
                        before.keyEncryptionKey())
                    .update(connection))
        == 1;
  }

  private static WrappedKey read(ResultSet row) throws SQLException {
    return new WrappedKey(
        row.getString("id"),
        Purpose.of(row.getString("purpose")),
        row.getString("tenant"),
        row.getString("kek"),
        Bytes.copyOf(row.getBytes("wrapped")),
        Objects.requireNonNull(Sql.instant(row, "created_at")));
  }
}
