package io.keymux.api.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/**
 * Tells the pool which connections are of no further use. H2 closes its database when a write
 * fails, as on a full disk, and opens it again for the next connection; those that were open stay
 * broken, though they say that they are valid.
 */
final class ClosedEmbedded implements SQLExceptionOverride {
  @java.lang.Override
  public Override adjudicate(SQLException e) {
    return DatabaseException.PASSING_STATES.contains(String.valueOf(e.getSQLState()))
        ? Override.MUST_EVICT
        : Override.CONTINUE_EVICT;
  }
}
