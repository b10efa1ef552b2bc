package io.keymux.api.cli;

import io.keymux.cpix.DrmException;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.PackagingJob;

/**
 * Runs a job of the command line: with progress, until it is done or cancelled.
 *
 * @param json whether progress and result are lines of JSON
 */
record JobRun(Console console, boolean json) {
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
      console.out().println(ResultJson.line(result, seconds(start)));
      return;
    }
    ProgressDisplay display = new ProgressDisplay(console.err(), console.columns());
    JobResult result;
    try {
      result = packager.run(job, display, cancel);
    } finally {
      display.end();
    }
    console.out().print(ResultText.of(result, seconds(start)));
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e9;
  }
}
