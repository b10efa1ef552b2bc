package io.keymux.api.job;

/**
 * Something that happened to a job.
 *
 * @param id counts from 1 within the job
 * @param type {@code state}, {@code progress} or {@code end}
 * @param data one line of JSON
 */
public record JobEvent(long id, String type, String data) {}
