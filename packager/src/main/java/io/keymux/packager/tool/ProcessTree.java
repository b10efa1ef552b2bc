package io.keymux.packager.tool;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * A process and all that were seen below it. Descendants cannot be found once their parent is dead,
 * so they are noted while it lives.
 */
final class ProcessTree {
  /** Finding descendants means reading all of /proc: not at every sample. */
  private static final long SAMPLE_NANOS = 100_000_000;

  private final Process root;
  private final Set<ProcessHandle> descendants = new LinkedHashSet<>();
  private long sampledAt = System.nanoTime();

  ProcessTree(Process root) {
    this.root = root;
  }

  void sample() {
    if (System.nanoTime() - sampledAt >= SAMPLE_NANOS) {
      note();
      sampledAt = System.nanoTime();
    }
  }

  /** Those that were seen so far, ended ones among them. */
  Set<ProcessHandle> descendants() {
    return descendants;
  }

  /**
   * Ends what still runs, politely first, and returns when it is dead. Does nothing if nothing
   * runs.
   *
   * @throws InterruptedException if this thread is interrupted meanwhile; all is killed at once
   *     then
   */
  void kill(Duration grace) throws InterruptedException {
    note();
    if (isDead()) {
      return;
    }
    all().forEach(ProcessHandle::destroy);
    try {
      await(grace);
    } finally {
      note();
      all().forEach(ProcessHandle::destroyForcibly);
    }
    root.waitFor(grace.toNanos(), NANOSECONDS);
  }

  private void note() {
    if (root.isAlive()) {
      root.descendants().forEach(descendants::add);
    }
    for (ProcessHandle known : Set.copyOf(descendants)) {
      known.descendants().forEach(descendants::add);
    }
  }

  private boolean isDead() {
    return all().stream().noneMatch(ProcessHandle::isAlive);
  }

  private Set<ProcessHandle> all() {
    Set<ProcessHandle> all = new LinkedHashSet<>(descendants);
    all.add(root.toHandle());
    return all;
  }

  private void await(Duration grace) throws InterruptedException {
    CompletableFuture<?>[] ends =
        all().stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(ends).get(grace.toNanos(), NANOSECONDS);
    } catch (TimeoutException e) {
      // Killed by the caller.
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for a process cannot fail", e);
    }
  }
}
