package io.keymux.api.job;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Where jobs are kept. Safe for use by several threads. */
public interface JobStore {

  /**
   * Keeps a new job, or finds the one that the same client sent before.
   *
   * @param idempotency what makes two submissions the same, or null if each is new
   * @return the kept job; {@link Kept#isNew} is false if it was there
   * @throws io.keymux.api.problem.RequestException with status 409 if the idempotency key was used
   *     with another body
   */
  Kept keep(Job job, @Nullable Idempotency idempotency);

  Optional<Job> find(String id);

  /**
   * Jobs from the newest to the oldest.
   *
   * @param before the id of the last job already seen, or null to start with the newest
   * @param limit at least 1
   */
  List<Job> list(Predicate<Job> filter, @Nullable String before, int limit);

  /**
   * Changes a job; atomic, and a job in a final state is left as it is.
   *
   * @return the job afterwards
   */
  Job update(String id, UnaryOperator<Job> change);

  /**
   * @param key the client's {@code Idempotency-Key}
   * @param bodyHash of the request's body
   */
  record Idempotency(String key, String bodyHash) {}

  /**
   * @param isNew whether the job was kept just now
   */
  record Kept(Job job, boolean isNew) {}
}
