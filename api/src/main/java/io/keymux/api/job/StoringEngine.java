package io.keymux.api.job;

import io.keymux.api.storage.Destination;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.ProgressListener;
import io.keymux.packager.output.FileTree;
import io.keymux.packager.output.PublishGuard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Packages a job and, if its output goes elsewhere, takes it there from its work folder. */
public final class StoringEngine {
  private static final Logger log = LoggerFactory.getLogger(StoringEngine.class);

  /**
   * Packages, verifies and publishes on the calling thread.
   *
   * @param guard asked before each step that makes output visible or takes it back; it throws if
   *     another attempt of the job has taken over, and not on cancellation
   * @throws io.keymux.cpix.DrmException if any step fails; nothing is published then
   */
  public void run(
      PreparedJob job, ProgressListener progress, CancelToken cancel, PublishGuard guard)
      throws InterruptedException {
    Destination destination = job.destination();
    Path work = job.job().output();
    try {
      JobResult result =
          Keymux.packager()
              .engine(job.engine())
              .keys(job.keys())
              .publishing(new UnlessCancelled(guard, cancel))
              .run(job.job(), progress, cancel);
      if (destination != null) {
        destination.put(work, result.entryPoints(), guard, cancel);
        keepReport(work, result.entryPoints().get(0));
      }
    } finally {
      if (destination != null) {
        delete(work);
      }
    }
  }

  /** The report stays, beside the work folder, for who asks what the output was. */
  private static void keepReport(Path work, String report) {
    Path kept = work.resolveSibling(report);
    try {
      Files.createDirectories(kept.getParent());
      Files.move(work.resolve(report), kept, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      log.warn("report {} could not be kept: {}", kept, e.getClass().getSimpleName());
    }
  }

  private static void delete(Path work) {
    try {
      if (Files.isDirectory(work)) {
        FileTree.delete(work);
      }
    } catch (IOException e) {
      log.warn("work folder {} could not be deleted: {}", work, e.getClass().getSimpleName());
    }
  }

  private record UnlessCancelled(PublishGuard guard, CancelToken cancel) implements PublishGuard {
    @Override
    public void check() {
      guard.check();
      cancel.check();
    }

    @Override
    public String owner() {
      return guard.owner();
    }
  }
}
