package io.keymux.api.mps.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.api.envelope.Envelope;
import io.keymux.api.envelope.Place;
import io.keymux.api.json.Json;
import io.keymux.api.mps.wish.NotifyWish;
import io.keymux.cpix.Bytes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Keeps who is still to be told of tasks, encrypted: receivers come with secrets. */
public final class CallbackStore {
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final Database database;
  private final Envelope envelope;

  public CallbackStore(Database database, Envelope envelope) {
    this.database = database;
    this.envelope = envelope;
  }

  /** Who is to be told, encrypted. */
  Bytes hide(String tenant, String taskId, NotifyWish wish) {
    return envelope.seal(place(tenant, taskId), Json.line(OpenReceiver.of(wish)).getBytes(UTF_8));
  }

  /**
   * Keeps a new one within a transaction of the caller's, in which its task was kept.
   *
   * @param receiver as {@link #hide} gives it, before the transaction
   */
  void add(Connection connection, MpsTask task, Bytes receiver) throws SQLException {
    Sql.of(
            "insert into mps_callbacks (task_id, receiver, told, failures, due_at)"
                + " values (?, ?, '', 0, ?)",
            task.id(),
            receiver,
            task.created())
        .update(connection);
  }

  /**
   * Takes callbacks that may be due, so that nobody else gets them for a minute.
   *
   * @param limit at least 1
   */
  public List<PendingCallback> take(Instant now, int limit) {
    List<PendingCallback> due =
        database.with(
            connection ->
                Sql.of(
                        "select c.task_id, t.tenant, c.receiver, c.told, c.failures, c.due_at"
                            + " from mps_callbacks c join mps_tasks t on t.id = c.task_id"
                            + " where c.due_at <= ? order by c.due_at limit ?",
                        now,
                        limit)
                    .list(connection, CallbackStore::read));
    List<PendingCallback> taken = new ArrayList<>();
    for (PendingCallback callback : due) {
      // Of several services that saw the row, one finds it unchanged.
      int ours =
          database.with(
              connection ->
                  Sql.of(
                          "update mps_callbacks set due_at = ? where task_id = ? and due_at = ?",
                          now.plus(LEASE),
                          callback.taskId(),
                          callback.due())
                      .update(connection));
      if (ours == 1) {
        taken.add(callback);
      }
    }
    return taken;
  }

  private static PendingCallback read(ResultSet row) throws SQLException {
    return new PendingCallback(
        row.getString("tenant"),
        row.getString("task_id"),
        Bytes.copyOf(row.getBytes("receiver")),
        row.getString("told"),
        row.getInt("failures"),
        Objects.requireNonNull(Sql.instant(row, "due_at")));
  }

  /**
   * Who is to be told, without the echo of the wish.
   *
   * @throws io.keymux.api.envelope.EnvelopeException as {@link Envelope#open}
   */
  public NotifyWish open(PendingCallback callback) {
    byte[] open = envelope.open(place(callback.tenant(), callback.taskId()), callback.receiver());
    try {
      return Json.read(open, OpenReceiver.class).wish();
    } finally {
      Arrays.fill(open, (byte) 0);
    }
  }

  /** Keeps how far a callback is, and gives it back. */
  public void keep(PendingCallback callback) {
    database.with(
        connection ->
            Sql.of(
                    "update mps_callbacks set told = ?, failures = ?, due_at = ? where task_id = ?",
                    callback.told(),
                    callback.failures(),
                    callback.due(),
                    callback.taskId())
                .update(connection));
  }

  /** Forgets a callback that was delivered or given up. */
  public void remove(String taskId) {
    database.with(
        connection ->
            Sql.of("delete from mps_callbacks where task_id = ?", taskId).update(connection));
  }

  private static Place place(String tenant, String taskId) {
    return new Place(tenant, "mps_callbacks", taskId);
  }
}
