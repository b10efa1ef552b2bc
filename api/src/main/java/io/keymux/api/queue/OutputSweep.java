package io.keymux.api.queue;

import io.keymux.api.config.DataDirectory;
import io.keymux.api.database.DatabaseException;
import io.keymux.api.store.JobStore;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what jobs left in this node's data directory and nobody can ask for any more: of jobs
 * that were forgotten, by whichever node, and work folders of jobs that ended without output here.
 * A job's age is that of its id, and the database's clock counts, so the folder of a job that was
 * sent just now, whose row may not be there yet, is never touched. In a thread of its own: folders
 * may be large.
 */
final class OutputSweep implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OutputSweep.class);
  private static final Duration PAUSE = Duration.ofHours(1);
  private static final Duration AGE = Duration.ofDays(1);
  private static final int AT_ONCE = 500;

  private final DataDirectory data;
  private final JobStore store;
  private final Predicate<String> runsHere;
  private final Clock clock;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(OutputSweep::thread);

  /**
   * @param runsHere whether this node works on a job, of whatever attempt
   * @param clock of all nodes together
   */
  OutputSweep(DataDirectory data, JobStore store, Predicate<String> runsHere, Clock clock) {
    this.data = data;
    this.store = store;
    this.runsHere = runsHere;
    this.clock = clock;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "keymux-output-sweep");
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    var unused =
        thread.scheduleWithFixedDelay(this::guarded, 0, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void guarded() {
    try {
      sweep();
    } catch (DatabaseException e) {
      log.warn("outputs are not swept, the database does not answer: {}", e.problem());
    } catch (IOException | DirectoryIteratorException e) {
      log.warn("outputs cannot be listed: {}", e.getClass().getSimpleName());
    } catch (RuntimeException e) {
      log.error("the sweep of outputs failed", e);
    }
  }

  /** Looks at all folders once. */
  void sweep() throws IOException {
    if (!Files.isDirectory(data.outputs())) {
      return;
    }
    Instant before = clock.instant().minus(AGE);
    List<String> old = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(data.outputs())) {
      for (Path folder : folders) {
        String id = String.valueOf(folder.getFileName());
        if (JobIds.isOne(id) && JobIds.madeAt(id).isBefore(before)) {
          old.add(id);
        }
        if (old.size() == AT_ONCE) {
          delete(old, before);
          old.clear();
        }
      }
    }
    delete(old, before);
  }

  private void delete(List<String> ids, Instant before) {
    Set<String> needed = store.withOutput(ids, before);
    for (String id : ids) {
      if (!needed.contains(id) && !runsHere.test(id) && !thread.isShutdown()) {
        data.deleteOutputOf(id);
      }
    }
  }

  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
