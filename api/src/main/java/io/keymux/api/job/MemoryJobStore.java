package io.keymux.api.job;

import io.keymux.api.problem.RequestException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps jobs while the process lives; the oldest finished ones are forgotten beyond a limit. */
public final class MemoryJobStore implements JobStore {
  private final int capacity;
  private final TreeMap<String, Job> jobs = new TreeMap<>();
  private final Map<String, Submission> submissions = new HashMap<>();

  /**
   * @param capacity how many jobs are kept; unfinished jobs are kept in any case
   */
  public MemoryJobStore(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public synchronized Kept keep(Job job, @Nullable Idempotency idempotency) {
    if (idempotency != null) {
      Submission before = submissions.get(idempotency.key());
      if (before != null) {
        if (!before.bodyHash().equals(idempotency.bodyHash())) {
          throw RequestException.idempotencyConflict();
        }
        return new Kept(jobs.getOrDefault(before.jobId(), job), false);
      }
      submissions.put(idempotency.key(), new Submission(idempotency.bodyHash(), job.id()));
    }
    jobs.put(job.id(), job);
    forgetOldest();
    return new Kept(job, true);
  }

  @Override
  public synchronized Optional<Job> find(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  @Override
  public synchronized List<Job> list(Predicate<Job> filter, @Nullable String before, int limit) {
    return (before == null ? jobs : jobs.headMap(before, false))
        .descendingMap().values().stream().filter(filter).limit(limit).toList();
  }

  @Override
  public synchronized Job update(String id, UnaryOperator<Job> change) {
    Job job = jobs.get(id);
    if (job == null) {
      throw new IllegalArgumentException("no job " + id);
    }
    if (job.state().terminal()) {
      return job;
    }
    Job changed = change.apply(job);
    jobs.put(id, changed);
    return changed;
  }

  private void forgetOldest() {
    var oldest = jobs.values().iterator();
    while (jobs.size() > capacity && oldest.hasNext()) {
      Job job = oldest.next();
      if (job.state().terminal()) {
        oldest.remove();
        submissions.values().removeIf(submission -> submission.jobId().equals(job.id()));
      }
    }
  }

  private record Submission(String bodyHash, String jobId) {}
}
