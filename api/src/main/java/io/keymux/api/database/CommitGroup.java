package io.keymux.api.database;

import io.keymux.api.database.Database.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;

/**
 * Work that is committed together. One that fails is undone alone; a failed commit is everybody's.
 * One thread works at a time; any number wait for the end.
 */
final class CommitGroup {
  private final Connection connection;
  private final CompletableFuture<Optional<SQLException>> end = new CompletableFuture<>();
  private Optional<SQLException> broken = Optional.empty();
  private int size;

  private CommitGroup(Connection connection) {
    this.connection = connection;
  }

  static CommitGroup begin(DataSource pool) throws SQLException {
    Connection connection = pool.getConnection();
    try {
      connection.setAutoCommit(false);
      return new CommitGroup(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** How often something was done. */
  int size() {
    return size;
  }

  /** What it did before it failed stays. */
  <T> T run(Work<T> work) throws SQLException {
    size++;
    return work.run(connection);
  }

  /** What it did before it failed is undone. */
  <T> T runWhole(Work<T> work) throws SQLException {
    size++;
    Savepoint before = connection.setSavepoint();
    boolean done = false;
    try {
      T result = work.run(connection);
      done = true;
      return result;
    } finally {
      if (!done) {
        undo(before);
      }
    }
  }

  private void undo(Savepoint before) {
    try {
      connection.rollback(before);
    } catch (SQLException e) {
      broken = Optional.of(e);
    }
  }

  /** Ends it, well or not; {@link #await} tells. Nothing may be done in it any more. */
  void commit() {
    try (Connection ending = connection) {
      if (broken.isEmpty()) {
        ending.commit();
        end.complete(broken);
      } else {
        ending.rollback();
      }
      ending.setAutoCommit(true);
    } catch (SQLException e) {
      end.complete(Optional.of(e));
    } finally {
      end.complete(broken.or(() -> Optional.of(new SQLException("the commit did not return"))));
    }
  }

  /**
   * Returns when all is kept.
   *
   * @throws SQLException if nothing is, or it is not known
   */
  void await() throws SQLException {
    Optional<SQLException> failure = end.join();
    if (failure.isPresent()) {
      throw failure.get();
    }
  }
}
