package io.keymux.api.store;

import io.keymux.api.job.Job;
import io.keymux.cpix.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A job to be kept.
 *
 * @param sealed what was asked, encrypted, if it has something that must not stand in a row; else
 *     null
 */
public record NewJob(Job job, @Nullable Bytes sealed) {}
