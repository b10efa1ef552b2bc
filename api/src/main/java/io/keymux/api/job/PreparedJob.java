package io.keymux.api.job;

import io.keymux.api.storage.Destination;
import io.keymux.cpix.KeyExchange;
import io.keymux.packager.Engine;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.output.StagedOutput;
import org.jspecify.annotations.Nullable;

/**
 * A job that can be run: everything the client said was found possible.
 *
 * @param job its output is a work folder if there is a destination
 * @param keys where its keys come from
 * @param engine what encrypts
 * @param destination where the output goes when it is complete, or null if it stays where it is
 */
public record PreparedJob(
    PackagingJob job, KeyExchange keys, Engine engine, @Nullable Destination destination) {
  /**
   * The same with a work folder, if it has one, that no other attempt touches: one that was held up
   * cleans up behind itself while the next is at work.
   *
   * @param id the job's
   */
  public PreparedJob ofAttempt(String id, int attempt) {
    if (destination == null) {
      return this;
    }
    String name = StagedOutput.attempts(id) + attempt;
    return new PreparedJob(job.to(job.output().resolve(name)), keys, engine, destination);
  }
}
