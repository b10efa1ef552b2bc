package io.keymux.docs.temporal;

import io.keymux.packager.job.Stage;

/**
 * The details of a heartbeat.
 *
 * @param doneBytes media bytes of this stage that are done
 * @param totalBytes media bytes of this stage in all; 0 if the stage handles none
 */
public record PackagingProgress(Stage stage, long doneBytes, long totalBytes) {}
