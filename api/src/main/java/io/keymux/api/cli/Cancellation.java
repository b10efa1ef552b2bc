package io.keymux.api.cli;

import io.keymux.cpix.DrmException;
import io.keymux.packager.job.CancelToken;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C stop a job in order: from {@link #of} to {@link #end}, the end of the process cancels
 * the job and waits until it has cleaned up.
 */
final class Cancellation extends Thread {
  private static final long CLEANUP_SECONDS = 30;

  private final CancelToken token;
  private final CountDownLatch done = new CountDownLatch(1);

  private Cancellation(CancelToken token) {
    super("keymux-cancel");
    this.token = token;
  }

  static Cancellation of(CancelToken token) {
    Cancellation cancellation = new Cancellation(token);
    Runtime.getRuntime().addShutdownHook(cancellation);
    return cancellation;
  }

  @Override
  public void run() {
    token.cancel();
    try {
      done.await(CLEANUP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Tells of a job that was cancelled before the process may end.
   *
   * @return the exit code
   * @throws DrmException what was thrown, if the job failed for another reason
   */
  int report(DrmException e, Console console) {
    if (!token.isCancelled()) {
      throw e;
    }
    int code = new FailureReport(console.err(), false).report(e);
    console.err().flush();
    return code;
  }

  /** The job has ended, and so may the process. */
  void end() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(this);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook runs.
    }
  }
}
