package io.keymux.api.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.database.Sql;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobProgress;
import io.keymux.api.job.JobSpec;
import io.keymux.api.job.JobState;
import io.keymux.api.json.Json;
import io.keymux.api.problem.Problem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;

/** Reads jobs from rows of {@code jobs} joined with {@code job_details}. */
final class JobRows {
  /** What {@link #read} needs; {@code j} and {@code d} name the two tables. */
  static final String SELECT =
      """
      select j.id, j.tenant, j.state, j.priority, j.percent, j.stage, j.bytes, j.total_bytes,
        j.eta_seconds, j.tries, j.created_at, j.start_at, j.started_at, j.finished_at,
        d.spec, d.problem, d.retry_of, d.output
      from jobs j join job_details d on d.job_id = j.id
      """;

  private JobRows() {}

  static Job read(ResultSet row) throws SQLException {
    JobSpec spec = Json.read(row.getString("spec").getBytes(UTF_8), JobSpec.class);
    String problem = row.getString("problem");
    return new Job(
        row.getString("id"),
        row.getString("tenant"),
        JobState.ofId(row.getString("state")),
        row.getInt("priority"),
        new JobProgress(
            row.getInt("percent"),
            row.getString("stage"),
            row.getLong("bytes"),
            row.getLong("total_bytes"),
            row.getObject("eta_seconds", Integer.class)),
        row.getInt("tries"),
        Objects.requireNonNull(Sql.instant(row, "created_at")),
        Sql.instant(row, "start_at"),
        Sql.instant(row, "started_at"),
        Sql.instant(row, "finished_at"),
        spec.labels() == null ? Map.of() : spec.labels(),
        spec,
        problem == null ? null : Json.read(problem.getBytes(UTF_8), Problem.class),
        row.getString("retry_of"),
        row.getString("output"));
  }
}
