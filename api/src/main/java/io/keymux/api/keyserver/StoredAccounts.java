package io.keymux.api.keyserver;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.api.envelope.Envelope;
import io.keymux.api.envelope.Place;
import io.keymux.cpix.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * The accounts of a tenant that came over HTTP, of all nodes. They hold references to secrets, but
 * a URL may be one itself, so they are encrypted. All methods throw {@link
 * io.keymux.api.database.DatabaseException} if the database does not answer.
 */
final class StoredAccounts {
  private final Database database;
  private final Envelope envelope;
  private final String tenant;

  StoredAccounts(Database database, Envelope envelope, String tenant) {
    this.database = database;
    this.envelope = envelope;
    this.tenant = tenant;
  }

  /**
   * @param version larger than those of all accounts that the name had before
   * @param account encrypted
   */
  record Row(long version, Bytes account) {}

  /** All names, in order. */
  List<String> names() {
    return database.with(
        connection ->
            Sql.of("select name from key_servers where tenant = ? order by name", tenant)
                .list(connection, row -> row.getString(1)));
  }

  /** The account of a name as it is now. */
  Optional<Row> find(String name) {
    return database.with(
        connection ->
            Sql.of(
                    "select version, account from key_servers where tenant = ? and name = ?",
                    tenant,
                    name)
                .first(connection, row -> new Row(row.getLong(1), Bytes.copyOf(row.getBytes(2)))));
  }

  /**
   * What an account says, in clear; the caller overwrites it.
   *
   * @throws io.keymux.api.envelope.EnvelopeException as {@link Envelope#open}
   */
  byte[] open(String name, Row row) {
    return envelope.open(place(name), row.account());
  }

  /**
   * Keeps an account in place of the one that the name has.
   *
   * @return its version
   */
  long put(String name, byte[] account) {
    Bytes hidden = envelope.seal(place(name), account.clone());
    return database.transaction(
        connection -> {
          Sql replace =
              Sql.of(
                  "update key_servers set version = nextval('key_server_versions'), account = ?"
                      + " where tenant = ? and name = ?",
                  hidden,
                  tenant,
                  name);
          Sql add =
              Sql.of(
                  "insert into key_servers (tenant, name, version, account)"
                      + " values (?, ?, nextval('key_server_versions'), ?)"
                      + " on conflict do nothing",
                  tenant,
                  name,
                  hidden);
          if (replace.update(connection) == 0 && add.update(connection) == 0) {
            // Another node added it in between.
            replace.update(connection);
          }
          return Sql.of(
                  "select version from key_servers where tenant = ? and name = ?", tenant, name)
              .first(connection, row -> row.getLong(1))
              .orElseThrow();
        });
  }

  void remove(String name) {
    database.with(
        connection ->
            Sql.of("delete from key_servers where tenant = ? and name = ?", tenant, name)
                .update(connection));
  }

  private Place place(String name) {
    return new Place(tenant, "key_servers", name);
  }
}
