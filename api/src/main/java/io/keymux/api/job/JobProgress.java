package io.keymux.api.job;

/**
 * How much of a job is done.
 *
 * @param percent from 0 to 100
 * @param stage what the job does now, the state's name
 * @param bytes of input packaged so far
 * @param totalBytes of input in all, 0 while not known
 */
public record JobProgress(int percent, String stage, long bytes, long totalBytes) {
  /** Nothing done yet. */
  public static final JobProgress NONE = new JobProgress(0, JobState.QUEUED.id(), 0, 0);
}
