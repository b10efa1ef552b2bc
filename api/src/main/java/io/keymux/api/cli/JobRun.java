package io.keymux.api.cli;

import io.keymux.api.storage.Destination;
import io.keymux.cpix.DrmException;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.PackagingJob;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Runs a job of the command line: with progress, until it is done or cancelled.
 *
 * @param json whether progress and result are lines of JSON
 * @param destination where the output goes when it is complete, or null if it stays where it is
 */
record JobRun(Console console, boolean json, @Nullable Destination destination) {
  /**
   * @return the exit code
   */
  int run(Keymux packager, PackagingJob job) throws InterruptedException {
    CancelToken cancel = new CancelToken();
    Cancellation cancellation = Cancellation.of(cancel);
    try {
      run(packager, job, cancel);
      return ExitCode.OK;
    } catch (DrmException e) {
      return cancellation.report(e, console);
    } finally {
      cancellation.end();
    }
  }

  private void run(Keymux packager, PackagingJob job, CancelToken cancel)
      throws InterruptedException {
    long start = System.nanoTime();
    if (json) {
      JobResult result = packager.run(job, new ProgressLines(console.out()), cancel);
      console.out().println(ResultJson.line(result, stored(result, cancel), seconds(start)));
      return;
    }
    ProgressDisplay display = new ProgressDisplay(console.err(), console.columns());
    JobResult result;
    try {
      result = packager.run(job, display, cancel);
    } finally {
      display.end();
    }
    console.out().print(ResultText.of(result, stored(result, cancel), seconds(start)));
  }

  /** The place of the output, with a slash at its end. */
  private String stored(JobResult result, CancelToken cancel) throws InterruptedException {
    Path folder = result.job().output();
    if (destination == null) {
      return folder + folder.getFileSystem().getSeparator();
    }
    destination.put(folder, result.entryPoints(), () -> {}, cancel);
    return destination.name();
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
