package io.keymux.api.store;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.api.job.JobOutput;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** What jobs that succeeded made, wherever their files are. */
public final class JobReports {
  private final Database database;

  public JobReports(Database database) {
    this.database = database;
  }

  /** Keeps one and its place within a transaction of the caller's; the job needs no secret now. */
  static void keep(Connection connection, String jobId, JobOutput output) throws SQLException {
    Sql.of("update job_details set sealed = null, output = ? where job_id = ?", output.uri(), jobId)
        .update(connection);
    if (output.report() != null) {
      Sql.of("insert into job_reports (job_id, report) values (?, ?)", jobId, output.report())
          .update(connection);
    }
  }

  /**
   * The job's {@code keymux-report.json}, if it succeeded.
   *
   * @throws io.keymux.api.database.DatabaseException if the database does not answer
   */
  public Optional<String> find(String jobId) {
    return database.with(
        connection ->
            Sql.of("select report from job_reports where job_id = ?", jobId)
                .first(connection, row -> row.getString(1)));
  }
}
