package io.keymux.api.store;

/**
 * One run of a job. A worker that was held up finds that its number is no longer the job's, and
 * changes nothing any more.
 *
 * @param number counts from 1
 */
public record Attempt(String jobId, int number) {}
