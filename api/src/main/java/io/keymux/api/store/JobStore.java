package io.keymux.api.store;

import io.keymux.api.database.Database;
import io.keymux.api.database.Sql;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobState;
import io.keymux.api.json.Json;
import io.keymux.api.problem.RequestException;
import io.keymux.cpix.Bytes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps jobs and gives them back. What changes a job that runs is {@link Attempts}; what chooses
 * the next one is {@link Releases}. All methods throw {@link
 * io.keymux.api.database.DatabaseException} if the database does not answer.
 */
public final class JobStore {
  private final Database database;

  public JobStore(Database database) {
    this.database = database;
  }

  /**
   * @param isNew whether the job was kept just now
   */
  public record Kept(Job job, boolean isNew) {}

  /**
   * Keeps a new job, or finds the one that the same client sent before.
   *
   * @param submission null if the job is another one in any case
   * @return the kept job, or the earlier one as it was when it was sent
   * @throws RequestException with status 409 if the idempotency key was used with another body, 404
   *     if the earlier job was deleted
   */
  public Kept keep(NewJob fresh, @Nullable Submission submission) {
    return database.transaction(
        connection -> {
          Job job = fresh.job();
          if (submission != null && !first(connection, job, submission)) {
            return new Kept(earlier(connection, job.tenant(), submission).orElseThrow(), false);
          }
          insert(connection, fresh);
          return new Kept(job, true);
        });
  }

  /**
   * The job that the same client sent before, as it was then.
   *
   * @throws RequestException as {@link #keep}
   */
  public Optional<Job> sentBefore(String tenant, Submission submission) {
    return database.with(connection -> earlier(connection, tenant, submission));
  }

  /** What is kept with jobs. */
  @FunctionalInterface
  public interface Together {
    void keep(Connection connection) throws SQLException;
  }

  /**
   * Keeps jobs that belong together, and something else with them, or nothing.
   *
   * @param together throws if nothing is to be kept
   */
  public void keepAll(List<NewJob> fresh, Together together) {
    database.transaction(
        connection -> {
          together.keep(connection);
          for (NewJob each : fresh) {
            insert(connection, each);
          }
          return fresh.size();
        });
  }

  private static boolean first(Connection connection, Job job, Submission submission)
      throws SQLException {
    return Sql.of(
                "insert into submissions (tenant, idempotency_key, body_hash, job_id, created_at)"
                    + " values (?, ?, ?, ?, ?) on conflict do nothing",
                job.tenant(),
                submission.key(),
                submission.bodyHash(),
                job.id(),
                job.createdAt())
            .update(connection)
        == 1;
  }

  private static Optional<Job> earlier(Connection connection, String tenant, Submission submission)
      throws SQLException {
    record Before(String bodyHash, String jobId) {}

    Optional<Before> before =
        Sql.of(
                "select body_hash, job_id from submissions"
                    + " where tenant = ? and idempotency_key = ?",
                tenant,
                submission.key())
            .first(connection, row -> new Before(row.getString(1), row.getString(2)));
    if (before.isEmpty()) {
      return Optional.empty();
    }
    if (!before.get().bodyHash().equals(submission.bodyHash())) {
      throw RequestException.idempotencyConflict();
    }
    return Optional.of(
        find(connection, before.get().jobId())
            .orElseThrow(() -> RequestException.notFound("The job of this Idempotency-Key"))
            .asSubmitted());
  }

  /** Keeps a job within a transaction of the caller's. */
  public static void insert(Connection connection, NewJob fresh) throws SQLException {
    Job job = fresh.job();
    Releases.know(connection, job.tenant());
    Sql.of(
            """
            insert into jobs (id, tenant, priority, state, attempt, tries, created_at, start_at,
              not_before, later, released, cancel_requested, percent, stage, bytes, total_bytes, last_event)
            values (?, ?, ?, ?, 0, 0, ?, ?, ?, ?, false, false, 0, ?, 0, 0, 1)
            """,
            job.id(),
            job.tenant(),
            job.priority(),
            job.state().id(),
            job.createdAt(),
            job.startAt(),
            job.startAt(),
            job.startAt() != null,
            job.progress().stage())
        .update(connection);
    Sql.of(
            "insert into job_details (job_id, spec, sealed, output, retry_of)"
                + " values (?, ?, ?, ?, ?)",
            job.id(),
            Json.line(job.spec()),
            fresh.sealed(),
            job.output(),
            job.retryOf())
        .update(connection);
    Sql.of(
            "insert into job_events (job_id, id, at, type, data) values (?, 1, ?, ?, ?)",
            job.id(),
            job.createdAt(),
            "state",
            Json.line(Map.of("state", job.state().id())))
        .update(connection);
  }

  /** The job, if there is one. */
  public Optional<Job> find(String id) {
    return database.with(connection -> find(connection, id));
  }

  /** The job, if there is one, within a transaction of the caller's. */
  public static Optional<Job> find(Connection connection, String id) throws SQLException {
    return Sql.of(JobRows.SELECT + " where j.id = ?", id).first(connection, JobRows::read);
  }

  /** What was asked, encrypted, if it is not all in {@link Job#spec}. */
  public Optional<Bytes> sealed(String id) {
    return database.with(
        connection ->
            Sql.of("select sealed from job_details where job_id = ? and sealed is not null", id)
                .first(connection, row -> Bytes.copyOf(row.getBytes(1))));
  }

  /**
   * Jobs of a tenant from the newest to the oldest.
   *
   * @param state null for any
   * @param before the id of the last job already seen, or null to start with the newest
   * @param limit at least 1
   */
  public List<Job> list(
      String tenant, @Nullable JobState state, @Nullable String before, int limit) {
    StringBuilder where = new StringBuilder(" where j.tenant = ?");
    List<@Nullable Object> arguments = new ArrayList<>(List.of(tenant));
    if (state != null) {
      where.append(" and j.state = ?");
      arguments.add(state.id());
    }
    if (before != null) {
      where.append(" and j.id < ?");
      arguments.add(before);
    }
    arguments.add(limit);
    // What is the same in all rows is named, so that H2 reads the index in order.
    String order = state == null ? "j.tenant, j.id desc" : "j.tenant, j.state, j.id desc";
    Sql sql = new Sql(JobRows.SELECT + where + " order by " + order + " limit ?", arguments);
    return database.with(connection -> sql.list(connection, JobRows::read));
  }

  /** Forgets a job in a final state; false if there is none of this id in one. */
  public boolean delete(String id) {
    return database.with(
        connection ->
            Sql.of("delete from jobs where id = ? and finished_at is not null", id)
                    .update(connection)
                == 1);
  }

  /**
   * Ids of jobs that ended before a time.
   *
   * @param limit how many at most
   */
  public List<String> finishedBefore(Instant time, int limit) {
    return database.with(
        connection ->
            // Without a lower bound, H2 walks through all that have not ended, too.
            Sql.of(
                    "select id from jobs where finished_at >= ? and finished_at < ? limit ?",
                    Instant.EPOCH,
                    time,
                    limit)
                .list(connection, row -> row.getString(1)));
  }

  /**
   * Which of some jobs may need a folder in a data directory: those that have not ended, or not
   * long ago, and those whose output may lie there.
   *
   * @param ids at least one, or the answer is empty
   * @param ended before when is long ago
   */
  public Set<String> withOutput(List<String> ids, Instant ended) {
    if (ids.isEmpty()) {
      return Set.of();
    }
    List<@Nullable Object> arguments = new ArrayList<>(ids);
    arguments.add(ended);
    arguments.add(JobState.SUCCEEDED.id());
    Sql sql =
        new Sql(
            "select j.id from jobs j join job_details d on d.job_id = j.id where j.id in ("
                + Sql.marks(ids.size())
                + ") and (j.finished_at is null or j.finished_at >= ?"
                + " or (j.state = ? and d.output like 'file:%'))",
            arguments);
    return Set.copyOf(database.with(connection -> sql.list(connection, row -> row.getString(1))));
  }

  /** Forgets idempotency keys older than a time. */
  public void forgetSubmissions(Instant before) {
    database.with(
        connection ->
            Sql.of("delete from submissions where created_at < ?", before).update(connection));
  }
}
