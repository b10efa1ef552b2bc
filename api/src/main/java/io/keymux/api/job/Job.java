package io.keymux.api.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.keymux.api.problem.Problem;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job at one moment; as JSON this is what {@code GET /v1/jobs/{id}} answers.
 *
 * @param tenant whose it is
 * @param priority from {@value JobSpec#LEAST_PRIORITY} to {@value JobSpec#MOST_PRIORITY}, larger
 *     first
 * @param attempts how often it was started and not given back
 * @param startAt before when it does not start, or null
 * @param spec as asked, without credentials
 * @param problem why it failed; of a job that waits to be tried again, why it failed before
 * @param retryOf the job that this one repeats, or null
 * @param output the URI that the output is published at
 */
public record Job(
    String id,
    @JsonIgnore String tenant,
    JobState state,
    int priority,
    JobProgress progress,
    int attempts,
    Instant createdAt,
    @Nullable Instant startAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    Map<String, String> labels,
    JobSpec spec,
    @Nullable Problem problem,
    @Nullable String retryOf,
    @JsonIgnore String output) {

  public Job {
    labels = Map.copyOf(labels);
  }

  /** A job that was sent just now. */
  public static Job submitted(
      String id,
      String tenant,
      JobSpec spec,
      Instant createdAt,
      @Nullable Instant startAt,
      @Nullable String retryOf,
      String output) {
    return new Job(
        id,
        tenant,
        JobState.QUEUED,
        spec.priority() == null ? 0 : spec.priority(),
        JobProgress.NONE,
        0,
        createdAt,
        startAt,
        null,
        null,
        spec.labels() == null ? Map.of() : spec.labels(),
        spec.redacted(),
        null,
        retryOf,
        output);
  }

  /** The same as it was when it was sent. */
  public Job asSubmitted() {
    return submitted(id, tenant, spec, createdAt, startAt, retryOf, output);
  }
}
