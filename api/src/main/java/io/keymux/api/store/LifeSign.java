package io.keymux.api.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a worker last told of a job that it has.
 *
 * @param worker who has the job
 * @param at by the clock of the database as the worker knows it
 */
public record LifeSign(String jobId, String worker, @Nullable Instant at) {}
