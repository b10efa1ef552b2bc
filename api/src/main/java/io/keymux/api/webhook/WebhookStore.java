package io.keymux.api.webhook;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.cpix.Bytes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keeps receivers. All methods throw {@link io.keymux.api.database.DatabaseException} if the
 * database does not answer.
 */
final class WebhookStore {
  private static final String SELECT =
      "select id, tenant, shown_url, events, description, enabled, disabled_because, receiver,"
          + " created_at, updated_at, version from webhooks";

  private final Database database;

  WebhookStore(Database database) {
    this.database = database;
  }

  /**
   * @param receiver encrypted
   * @param version how often it was changed when it was read
   */
  record Row(Webhook webhook, Bytes receiver, int version) {}

  /** The list as a column has it, between commas, so that one of it can be looked for. */
  private static String column(List<EventType> events) {
    return events.stream().map(EventType::id).collect(Collectors.joining(",", ",", ","));
  }

  /** What a column looks like that has an event in its list, for {@code like}. */
  static String pattern(EventType event) {
    return "%," + event.id() + ",%";
  }

  /**
   * Keeps a new one.
   *
   * @param most how many a tenant may have
   * @return false if it has as many
   */
  boolean add(Row row, int most) {
    Webhook webhook = row.webhook();
    return database.transaction(
        connection -> {
          long there =
              Sql.of("select count(*) from webhooks where tenant = ?", webhook.tenant())
                  .first(connection, found -> found.getLong(1))
                  .orElseThrow();
          if (there >= most) {
            return false;
          }
          Sql.of(
                  "insert into webhooks (id, tenant, shown_url, events, description, enabled,"
                      + " receiver, created_at, updated_at, version)"
                      + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
                  webhook.id(),
                  webhook.tenant(),
                  webhook.url(),
                  column(webhook.events()),
                  webhook.description(),
                  webhook.enabled(),
                  row.receiver(),
                  webhook.createdAt(),
                  webhook.updatedAt())
              .update(connection);
          return true;
        });
  }

  /**
   * Replaces all of it but id, tenant and date.
   *
   * @return false if somebody else has changed it since it was read
   */
  boolean replace(Row row) {
    Webhook webhook = row.webhook();
    return database.with(
        connection ->
            Sql.of(
                        "update webhooks set shown_url = ?, events = ?, description = ?, enabled = ?,"
                            + " disabled_because = ?, receiver = ?, updated_at = ?,"
                            + " version = version + 1 where id = ? and version = ?",
                        webhook.url(),
                        column(webhook.events()),
                        webhook.description(),
                        webhook.enabled(),
                        webhook.disabledBecause(),
                        row.receiver(),
                        webhook.updatedAt(),
                        webhook.id(),
                        row.version())
                    .update(connection)
                == 1);
  }

  /** Tells it of nothing any more. */
  void disable(String id, String because, Instant now) {
    database.with(
        connection ->
            Sql.of(
                    "update webhooks set enabled = false, disabled_because = ?, updated_at = ?,"
                        + " version = version + 1 where id = ? and enabled",
                    because,
                    now,
                    id)
                .update(connection));
  }

  Optional<Row> find(String tenant, String id) {
    return database.with(
        connection ->
            Sql.of(SELECT + " where tenant = ? and id = ?", tenant, id)
                .first(connection, WebhookStore::read));
  }

  /** All of a tenant, oldest first. */
  List<Webhook> list(String tenant) {
    return database.with(
        connection ->
            Sql.of(SELECT + " where tenant = ? order by created_at, id", tenant)
                .list(connection, row -> read(row).webhook()));
  }

  /** Forgets one with its messages. */
  void delete(String id) {
    database.with(
        connection -> {
          // Before, since who has a message for it waits until the receiver is gone.
          Sql.of("delete from webhook_deliveries where webhook_id = ?", id).update(connection);
          return Sql.of("delete from webhooks where id = ?", id).update(connection);
        });
  }

  private static Row read(ResultSet row) throws SQLException {
    List<EventType> events =
        Arrays.stream(row.getString("events").split(","))
            .flatMap(id -> EventType.ofId(id).stream())
            .toList();
    return new Row(
        new Webhook(
            row.getString("id"),
            row.getString("tenant"),
            row.getString("shown_url"),
            events,
            row.getString("description"),
            row.getBoolean("enabled"),
            row.getString("disabled_because"),
            Objects.requireNonNull(Sql.instant(row, "created_at")),
            Objects.requireNonNull(Sql.instant(row, "updated_at"))),
        Bytes.copyOf(row.getBytes("receiver")),
        row.getInt("version"));
  }
}
