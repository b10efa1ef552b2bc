package io.keymux.api.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.Set;

/**
 * Tells the pool which connections are of no further use. H2 closes its database when a write
 * fails, as on a full disk, and opens it again for the next connection; those that were open stay
 * broken, though they say that they are valid.
 */
final class ClosedEmbedded implements SQLExceptionOverride {
  /**
   * Of H2: closed, not to be read or written (a full disk, a general error there), broken, or ended
   * by another thread.
   */
  private static final Set<String> STATES =
      Set.of("90007", "90028", "90031", "90067", "90098", "90121", "50200", "HY000");

  @java.lang.Override
  public Override adjudicate(SQLException e) {
    return STATES.contains(String.valueOf(e.getSQLState()))
        ? Override.MUST_EVICT
        : Override.CONTINUE_EVICT;
  }
}
