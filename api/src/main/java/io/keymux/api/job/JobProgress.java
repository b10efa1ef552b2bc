package io.keymux.api.job;

import org.jspecify.annotations.Nullable;

/**
 * How much of a job is done.
 *
 * @param percent from 0 to 100
 * @param stage what the job does now, the state's name
 * @param bytes of input packaged so far
 * @param totalBytes of input in all, 0 while not known
 * @param etaSeconds how long the rest takes if it goes on as before, or null while not known
 */
public record JobProgress(
    int percent, String stage, long bytes, long totalBytes, @Nullable Integer etaSeconds) {
  /** Nothing done yet. */
  public static final JobProgress NONE = new JobProgress(0, JobState.QUEUED.id(), 0, 0, null);
}
