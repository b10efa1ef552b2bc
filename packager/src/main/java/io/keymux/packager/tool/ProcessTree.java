package io.keymux.packager.tool;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * A process and all that were seen below it. Descendants cannot be found by their parent once it is
 * dead, so they are noted while it lives; {@link ToolMark} finds those that came and lost it in
 * between. Safe for use by several threads.
 */
final class ProcessTree {
  /** Finding descendants means reading all of /proc: not at every sample. */
  private static final long SAMPLE_NANOS = 100_000_000;

  private final Process root;
  private final ToolMark mark;
  private final Set<ProcessHandle> descendants = new LinkedHashSet<>();
  private long sampledAt = System.nanoTime();

  /**
   * @param mark in the environment of {@code root}
   */
  ProcessTree(Process root, ToolMark mark) {
    this.root = root;
    this.mark = mark;
  }

  Process root() {
    return root;
  }

  void sample() {
    if (System.nanoTime() - sampledAt >= SAMPLE_NANOS) {
      note();
      sampledAt = System.nanoTime();
    }
  }

  /** Those that were seen so far, ended ones among them. */
  synchronized Set<ProcessHandle> descendants() {
    return Set.copyOf(descendants);
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
    noteMarked();
    if (isDead()) {
      return;
    }
    all().forEach(ProcessHandle::destroy);
    try {
      await(grace);
    } finally {
      killAtOnce();
    }
    root.waitFor(grace.toNanos(), NANOSECONDS);
  }

  /** Kills what runs, without waiting for its end. */
  void killAtOnce() {
    note();
    all().forEach(ProcessHandle::destroyForcibly);
    noteMarked();
    all().forEach(ProcessHandle::destroyForcibly);
  }

  private synchronized void noteMarked() {
    descendants.addAll(mark.bearers());
    descendants.remove(root.toHandle());
  }

  private synchronized void note() {
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

  private synchronized Set<ProcessHandle> all() {
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
