package io.keymux.api.mps.task;

import io.keymux.api.job.Job;
import io.keymux.api.job.JobState;
import io.keymux.api.queue.JobService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How far a task is, from its jobs.
 *
 * @param jobs in the order of the task's streams; empty where a job is not kept any more
 * @param reports gives the report of a job by its id
 */
public record TaskProgress(
    MpsTask task, List<Optional<Job>> jobs, Function<String, Optional<String>> reports) {
  public TaskProgress {
    jobs = List.copyOf(jobs);
  }

  static TaskProgress of(MpsTask task, JobService service) {
    List<Optional<Job>> jobs = new ArrayList<>();
    task.streams().forEach(stream -> jobs.add(service.find(stream.jobId())));
    return new TaskProgress(task, jobs, service::report);
  }

  /** {@code WAITING}, {@code PROCESSING} or {@code FINISH}, which it also is if all failed. */
  public String status() {
    if (jobs.stream().allMatch(TaskProgress::ended)) {
      return "FINISH";
    }
    boolean waiting =
        jobs.stream()
            .allMatch(
                job ->
                    job.isPresent()
                        && job.get().state() == JobState.QUEUED
                        && job.get().startedAt() == null);
    return waiting ? "WAITING" : "PROCESSING";
  }

  /** Of one stream: {@code PROCESSING}, {@code SUCCESS} or {@code FAIL}. */
  public static String status(Optional<Job> job) {
    if (!ended(job)) {
      return "PROCESSING";
    }
    return job.isPresent() && job.get().state() == JobState.SUCCEEDED ? "SUCCESS" : "FAIL";
  }

  public boolean finished() {
    return status().equals("FINISH");
  }

  public boolean anyFailed() {
    return jobs.stream().anyMatch(job -> status(job).equals("FAIL"));
  }

  /** Differs whenever something happened that a receiver of changes is told of. */
  public String mark() {
    return status() + " " + String.join(" ", jobs.stream().map(TaskProgress::status).toList());
  }

  /** When the first job began, or null. */
  public @Nullable Instant began() {
    return jobs.stream()
        .flatMap(Optional::stream)
        .map(Job::startedAt)
        .filter(Objects::nonNull)
        .min(Instant::compareTo)
        .orElse(null);
  }

  /** When the last job ended, or null if one has not. */
  public @Nullable Instant ended() {
    return finished()
        ? jobs.stream()
            .flatMap(Optional::stream)
            .map(Job::finishedAt)
            .filter(Objects::nonNull)
            .max(Instant::compareTo)
            .orElse(null)
        : null;
  }

  private static boolean ended(Optional<Job> job) {
    return job.isEmpty() || job.get().state().terminal();
  }
}
