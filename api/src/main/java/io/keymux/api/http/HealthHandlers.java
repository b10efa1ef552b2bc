package io.keymux.api.http;

import io.javalin.http.Context;
import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.api.problem.RequestException;
import io.keymux.api.queue.JobQueue;
import java.util.Map;

/** {@code /healthz} and {@code /readyz}. */
final class HealthHandlers {
  private final JobQueue queue;
  private final Database database;

  HealthHandlers(JobQueue queue, Database database) {
    this.queue = queue;
    this.database = database;
  }

  /** The process answers. */
  void alive(Context ctx) {
    JobHandlers.json(ctx, 200, Map.of("status", "ok"));
  }

  /**
   * The service takes jobs on: it is not told to end, and its database answers.
   *
   * @throws RequestException with status 503 if the service is stopping
   */
  void ready(Context ctx) {
    if (!queue.isReady()) {
      throw RequestException.busy("The service is stopping.");
    }
    database.with(connection -> Sql.of("select 1").list(connection, row -> row.getInt(1)));
    JobHandlers.json(ctx, 200, Map.of("status", "ok"));
  }
}
