package io.keymux.api.webhook;

import io.keymux.api.job.Job;
import io.keymux.api.job.JobState;
import io.keymux.api.problem.Problem;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message says of a job; the rest is for those who may ask for the job.
 *
 * @param problem why it failed, or is tried again; null if it did not
 */
record JobMessage(
    String id,
    JobState state,
    int attempts,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    Map<String, String> labels,
    @Nullable Problem problem,
    @Nullable String retryOf) {
  JobMessage {
    labels = Map.copyOf(labels);
  }

  static JobMessage of(Job job) {
    return new JobMessage(
        job.id(),
        job.state(),
        job.attempts(),
        job.createdAt(),
        job.startedAt(),
        job.finishedAt(),
        job.labels(),
        job.problem(),
        job.retryOf());
  }
}
