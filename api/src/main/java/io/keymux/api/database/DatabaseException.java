package io.keymux.api.database;

import io.keymux.cpix.DrmException;
import java.sql.SQLException;

/**
 * The database did not do what it was asked for, now; code {@code database-unavailable}. Nothing of
 * what the database says is told: its messages quote rows.
 */
public final class DatabaseException extends DrmException {
  private static final long serialVersionUID = 1L;

  DatabaseException(SQLException cause) {
    super(
        Blame.UPSTREAM,
        "database-unavailable",
        "The database does not answer (SQL state %s).".formatted(cause.getSQLState()),
        "Try again; if it lasts, the operator finds more in the log.",
        cause);
  }
}
