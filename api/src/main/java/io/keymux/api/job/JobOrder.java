package io.keymux.api.job;

/**
 * A job to be done: what may be shown of it, and what may not.
 *
 * @param secrets go before what {@code spec} shows in their place
 */
public record JobOrder(JobSpec spec, JobSecrets secrets) {
  /** An order of which everything may be shown, but for a key server's URL. */
  public static JobOrder of(JobSpec spec) {
    return new JobOrder(spec, JobSecrets.NONE);
  }
}
