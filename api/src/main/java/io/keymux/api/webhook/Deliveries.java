package io.keymux.api.webhook;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The messages of receivers, as clients see them. All methods throw {@link
 * io.keymux.api.database.DatabaseException} if the database does not answer.
 */
final class Deliveries {
  private static final String SELECT =
      "select id, message_id, type, body, state, created_at, due_at, ended_at"
          + " from webhook_deliveries";
  private static final String ADD =
      "insert into webhook_deliveries (id, webhook_id, message_id, type, body, state, tries,"
          + " created_at, due_at) ";
  private static final String AGAIN =
      "update webhook_deliveries set state = 'waiting', tries = 0, ended_at = null, due_at = ?";

  private final Database database;

  Deliveries(Database database) {
    this.database = database;
  }

  /** Adds one message for each of several receivers, within a transaction of the caller's. */
  static void add(
      Connection connection, List<String> webhookIds, EventType type, String body, Instant now)
      throws SQLException {
    String messageId = "msg_" + UUID.randomUUID().toString().replace("-", "");
    for (String webhookId : webhookIds) {
      Sql.of(
              ADD + "values (nextval('webhook_delivery_ids'), ?, ?, ?, ?, 'waiting', 0, ?, ?)",
              webhookId,
              messageId,
              type.id(),
              body,
              now,
              now)
          .update(connection);
    }
  }

  /** Adds one message for one receiver. */
  Delivery add(String webhookId, EventType type, String body, Instant now) {
    return database.transaction(
        connection -> {
          add(connection, List.of(webhookId), type, body, now);
          return Sql.of(SELECT + " where webhook_id = ? order by id desc limit 1", webhookId)
              .first(connection, Deliveries::read)
              .orElseThrow();
        });
  }

  /**
   * Messages of a receiver from the newest to the oldest.
   *
   * @param state null for any
   * @param before the id of the last one already seen, or null to start with the newest
   * @param limit at least 1
   */
  List<Delivery> list(
      String webhookId, Delivery.@Nullable State state, @Nullable Long before, int limit) {
    StringBuilder where = new StringBuilder(" where webhook_id = ?");
    List<@Nullable Object> arguments = new ArrayList<>(List.of(webhookId));
    if (state != null) {
      where.append(" and state = ?");
      arguments.add(state.id());
    }
    if (before != null) {
      where.append(" and id < ?");
      arguments.add(before);
    }
    arguments.add(limit);
    // What is the same in all rows is named, so that H2 reads the index in order.
    String order = state == null ? "webhook_id, id desc" : "webhook_id, state, id desc";
    Sql sql = new Sql(SELECT + where + " order by " + order + " limit ?", arguments);
    return database.with(connection -> sql.list(connection, Deliveries::read));
  }

  /** One with its tries. */
  Optional<Delivery> find(String webhookId, long id) {
    return database.with(
        connection -> {
          Optional<Delivery> found =
              Sql.of(SELECT + " where webhook_id = ? and id = ?", webhookId, id)
                  .first(connection, Deliveries::read);
          return found.isEmpty() ? found : Optional.of(found.get().with(tries(connection, id)));
        });
  }

  private static List<Delivery.Try> tries(Connection connection, long id) throws SQLException {
    return Sql.of(
            "select number, at, millis, status, problem from webhook_tries"
                + " where delivery_id = ? order by number",
            id)
        .list(
            connection,
            row ->
                new Delivery.Try(
                    row.getInt("number"),
                    Objects.requireNonNull(Sql.instant(row, "at")),
                    row.getLong("millis"),
                    row.getObject("status", Integer.class),
                    row.getString("problem")));
  }

  /** Sends a message once more that arrived or was given up; false if it waits anyway. */
  boolean again(String webhookId, long id, Instant now) {
    return database.with(
        connection ->
            Sql.of(
                        AGAIN + " where webhook_id = ? and id = ? and state <> 'waiting'",
                        now,
                        webhookId,
                        id)
                    .update(connection)
                == 1);
  }

  /** Sends all once more that were given up; gives how many they are. */
  int allAgain(String webhookId, Instant now) {
    return database.with(
        connection ->
            Sql.of(AGAIN + " where webhook_id = ? and state = 'dead'", now, webhookId)
                .update(connection));
  }

  /** Forgets messages from before a time, whether they arrived or not. */
  void forget(Instant before) {
    database.with(
        connection ->
            Sql.of("delete from webhook_deliveries where created_at < ?", before)
                .update(connection));
  }

  private static Delivery read(ResultSet row) throws SQLException {
    Delivery.State state = Delivery.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
    return new Delivery(
        row.getString("id"),
        row.getString("message_id"),
        row.getString("type"),
        row.getString("body"),
        state,
        Objects.requireNonNull(Sql.instant(row, "created_at")),
        state == Delivery.State.WAITING ? Sql.instant(row, "due_at") : null,
        Sql.instant(row, "ended_at"),
        null);
  }
}
