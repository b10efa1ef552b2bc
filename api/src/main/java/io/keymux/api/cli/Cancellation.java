package io.keymux.api.cli;

import io.keymux.cpix.DrmException;
import io.keymux.packager.job.CancelToken;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets Ctrl-C stop a job in order: the process does not end before the engine has cleaned up. */
final class Cancellation {
  private static final long CLEANUP_SECONDS = 30;

  private Cancellation() {}

  /**
   * Runs {@code work}; while it runs, the end of the process cancels {@code token} and waits.
   *
   * @param err is told of the cancellation before the process may end
   */
  static int guard(CancelToken token, PrintWriter err, Callable<Integer> work) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    Thread hook =
        new Thread(
            () -> {
              token.cancel();
              await(done);
            },
            "keymux-cancel");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return work.call();
    } catch (DrmException e) {
      if (token.isCancelled()) {
        int code = new FailureReport(err, false).report(e);
        err.flush();
        return code;
      }
      throw e;
    } finally {
      done.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process ends already, and the hook runs.
      }
    }
  }

  private static void await(CountDownLatch done) {
    try {
      done.await(CLEANUP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
