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

  /**
   * Classes of SQL states that say what is wrong with a question: a feature, a cardinality, data, a
   * constraint, a routine, a name or the syntax, a check.
   *
   * @see "SQL:2016, part 2, 24.1 SQLSTATE"
   */
  private static final Set<String> WRONG_QUESTIONS =
      Set.of("0A", "21", "22", "23", "2F", "42", "44");

  private final boolean passing;

  DatabaseException(SQLException cause) {
    super(
        Blame.UPSTREAM,
        "database-unavailable",
        "The database does not answer (SQL state %s).".formatted(cause.getSQLState()),
        "Try again; if it lasts, the operator finds more in the log.",
        cause);
    String state = cause.getSQLState();
    // Not the other way round: drivers, pools and full disks have states of all kinds, or none.
    passing =
        cause instanceof SQLTransientException
            || cause instanceof SQLRecoverableException
            || state == null
            || state.length() != 5
            || !WRONG_QUESTIONS.contains(state.substring(0, 2));
  }

  /** Whether the same may be done if it is asked for again; otherwise the question is wrong. */
  public boolean mayPass() {
    return passing;
  }
}
