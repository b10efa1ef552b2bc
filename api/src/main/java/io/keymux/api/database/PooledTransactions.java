package io.keymux.api.database;

import io.keymux.api.database.Database.Work;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A connection for each, side by side. */
final class PooledTransactions implements Transactions {
  private final DataSource pool;

  PooledTransactions(DataSource pool) {
    this.pool = pool;
  }

  @Override
  public <T> T with(Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return work.run(connection);
    }
  }

  @Override
  public <T> T transaction(Work<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.run(connection);
        connection.commit();
        return result;
      } finally {
        // After a commit there is nothing to roll back; after a failure of any kind there may be.
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
  }
}
