package io.keymux.api.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.keymux.api.problem.Problem;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A job at one moment; as JSON this is what {@code GET /v1/jobs/{id}} answers.
 *
 * @param attempts how often it was started
 * @param spec as asked, without credentials
 * @param problem why it failed, only in {@link JobState#FAILED}
 * @param outputDir where the output is published
 */
public record Job(
    String id,
    JobState state,
    JobProgress progress,
    int attempts,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    Map<String, String> labels,
    JobSpec spec,
    @Nullable Problem problem,
    @JsonIgnore Path outputDir) {

  public Job {
    labels = Map.copyOf(labels);
  }

  Job with(JobState next) {
    return new Job(
        id,
        next,
        progress,
        attempts,
        createdAt,
        startedAt,
        finishedAt,
        labels,
        spec,
        problem,
        outputDir);
  }

  Job with(JobProgress next) {
    return new Job(
        id,
        state,
        next,
        attempts,
        createdAt,
        startedAt,
        finishedAt,
        labels,
        spec,
        problem,
        outputDir);
  }

  Job started(Instant at) {
    return new Job(
        id,
        JobState.PREPARING,
        progress,
        attempts + 1,
        createdAt,
        at,
        null,
        labels,
        spec,
        null,
        outputDir);
  }

  Job finished(JobState end, Instant at, @Nullable Problem why) {
    JobProgress reached =
        end == JobState.SUCCEEDED
            ? new JobProgress(100, end.id(), progress.totalBytes(), progress.totalBytes())
            : new JobProgress(
                progress.percent(), end.id(), progress.bytes(), progress.totalBytes());
    return new Job(
        id, end, reached, attempts, createdAt, startedAt, at, labels, spec, why, outputDir);
  }
}
