package io.keymux.api.webhook;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.cpix.Bytes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The messages that are due. Whoever takes one has it for half a minute; what is written later
 * counts only if nobody else wrote since. All methods throw {@link
 * io.keymux.api.database.DatabaseException} if the database does not answer.
 */
final class Parcels {
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final int MOST_RECEIVERS = 1000;

  private final Database database;

  Parcels(Database database) {
    this.database = database;
  }

  /** Who has a message that is due, longest waiting first. */
  List<String> receivers(Instant now) {
    return database.with(
        connection ->
            Sql.of(
                    "select d.webhook_id, min(d.due_at) as since from webhook_deliveries d"
                        + " join webhooks w on w.id = d.webhook_id"
                        + " where d.state = 'waiting' and d.due_at <= ? and w.enabled"
                        + " group by d.webhook_id order by since limit ?",
                    now,
                    MOST_RECEIVERS)
                .list(connection, row -> row.getString(1)));
  }

  /**
   * Takes messages of a receiver that are due.
   *
   * @param limit at least 1
   */
  List<Parcel> take(String webhookId, Instant now, int limit) {
    record Due(Parcel parcel, Instant at) {}

    return database.with(
        connection -> {
          List<Due> due =
              Sql.of(
                      "select d.id, d.message_id, d.body, d.tries, d.due_at, w.tenant, w.receiver"
                          + " from webhook_deliveries d join webhooks w on w.id = d.webhook_id"
                          + " where d.webhook_id = ? and d.state = 'waiting' and d.due_at <= ?"
                          + " order by d.due_at, d.id limit ?",
                      webhookId,
                      now,
                      limit)
                  .list(
                      connection,
                      row ->
                          new Due(
                              new Parcel(
                                  row.getLong("id"),
                                  row.getString("tenant"),
                                  webhookId,
                                  row.getString("message_id"),
                                  row.getString("body"),
                                  row.getInt("tries"),
                                  Bytes.copyOf(row.getBytes("receiver"))),
                              Objects.requireNonNull(Sql.instant(row, "due_at"))));
          List<Parcel> taken = new ArrayList<>();
          for (Due each : due) {
            // Of several services that saw the row, one finds it unchanged.
            int ours =
                Sql.of(
                        "update webhook_deliveries set due_at = ?"
                            + " where id = ? and state = 'waiting' and due_at = ?",
                        now.plus(LEASE),
                        each.parcel().deliveryId(),
                        each.at())
                    .update(connection);
            if (ours == 1) {
              taken.add(each.parcel());
            }
          }
          return taken;
        });
  }

  /** Lets somebody else have it at once. */
  void giveBack(Parcel parcel, Instant now) {
    database.with(
        connection ->
            Sql.of(
                    "update webhook_deliveries set due_at = ?"
                        + " where id = ? and state = 'waiting' and tries = ?",
                    now,
                    parcel.deliveryId(),
                    parcel.tries())
                .update(connection));
  }

  /**
   * What came of a try.
   *
   * @param took from when it was sent
   * @param status of HTTP, or null if there was no answer
   * @param problem the code of why it did not arrive, or null if it did
   */
  record Outcome(Instant at, Duration took, @Nullable Integer status, @Nullable String problem) {}

  /** It arrived. */
  void delivered(Parcel parcel, Outcome outcome) {
    keep(parcel, outcome, "state = 'delivered', ended_at = ?", outcome.at().plus(outcome.took()));
  }

  /** It did not arrive and is tried again. */
  void failed(Parcel parcel, Outcome outcome, Instant next) {
    keep(parcel, outcome, "due_at = ?", next);
  }

  /** It did not arrive and is given up. */
  void dead(Parcel parcel, Outcome outcome) {
    keep(parcel, outcome, "state = 'dead', ended_at = ?", outcome.at().plus(outcome.took()));
  }

  private void keep(Parcel parcel, Outcome outcome, String change, Instant time) {
    database.transaction(
        connection -> {
          int ours =
              Sql.of(
                      "update webhook_deliveries set tries = tries + 1, "
                          + change
                          + " where id = ? and state = 'waiting' and tries = ?",
                      time,
                      parcel.deliveryId(),
                      parcel.tries())
                  .update(connection);
          if (ours == 1) {
            log(connection, parcel, outcome);
          }
          return ours;
        });
  }

  private static void log(Connection connection, Parcel parcel, Outcome outcome)
      throws SQLException {
    Sql.of(
            "insert into webhook_tries (delivery_id, number, at, millis, status, problem)"
                + " select cast(? as bigint), coalesce(max(number), 0) + 1,"
                + " cast(? as timestamp(6) with time zone), cast(? as bigint),"
                + " cast(? as integer), cast(? as varchar)"
                + " from webhook_tries where delivery_id = ?",
            parcel.deliveryId(),
            outcome.at(),
            outcome.took().toMillis(),
            outcome.status(),
            outcome.problem(),
            parcel.deliveryId())
        .update(connection);
  }
}
