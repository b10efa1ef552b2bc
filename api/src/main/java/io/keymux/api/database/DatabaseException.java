package io.keymux.api.database;

import io.keymux.cpix.DrmException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/**
 * The database did not do what it was asked for, now; code {@code database-unavailable}. Nothing of
 * what the database says is told: its messages quote rows.
 */
public final class DatabaseException extends DrmException {
  private static final long serialVersionUID = 1L;

  /** Connection, resources, operator, rollback; SQL:2016 and PostgreSQL's classes of SQL states. */
  private static final Set<String> PASSING_CLASSES = Set.of("08", "53", "57", "58", "40");

  /**
   * Of H2: closed, not to be read or written (a full disk, a general error there), broken, or ended
   * by another thread.
   */
  static final Set<String> PASSING_STATES =
      Set.of("90007", "90028", "90031", "90067", "90098", "90121", "50200", "HY000");

  private final boolean passing;

  DatabaseException(SQLException cause) {
    super(
        Blame.UPSTREAM,
        "database-unavailable",
        "The database does not answer (SQL state %s).".formatted(cause.getSQLState()),
        "Try again; if it lasts, the operator finds more in the log.",
        cause);
    String state = String.valueOf(cause.getSQLState());
    passing =
        cause instanceof SQLTransientException
            || cause instanceof SQLRecoverableException
            || PASSING_STATES.contains(state)
            || (state.length() == 5 && PASSING_CLASSES.contains(state.substring(0, 2)));
  }

  /** Whether the same may be done if it is asked for again; otherwise the question is wrong. */
  public boolean mayPass() {
    return passing;
  }
}
