package io.keymux.api.database;

import io.keymux.api.database.Database.Work;
import java.sql.SQLException;

/** How work gets a connection, and when it is committed. */
interface Transactions {
  /** Does something whose statements stand for themselves. */
  <T> T with(Work<T> work) throws SQLException;

  /** Does all of something or nothing. */
  <T> T transaction(Work<T> work) throws SQLException;
}
