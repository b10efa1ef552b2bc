package io.keymux.api.job;

import io.keymux.cpix.KeyExchange;
import io.keymux.packager.Engine;
import io.keymux.packager.job.PackagingJob;

/**
 * A job that can be run: everything the client said was found possible.
 *
 * @param keys where its keys come from
 * @param engine what encrypts
 */
public record PreparedJob(PackagingJob job, KeyExchange keys, Engine engine) {}
