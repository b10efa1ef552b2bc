package io.keymux.docs.temporal;

import io.keymux.cpix.DrmException;
import io.keymux.docs.worker.MovieOrder;
import io.keymux.docs.worker.RetryRule;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.CancelToken;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.util.concurrent.ScheduledExecutorService;

/** Runs each activity on its own thread; the timer is shared. */
public final class KeymuxActivity implements PackagingActivity {
  private final Keymux packager;
  private final ScheduledExecutorService timer;

  /**
   * @param timer sends the heartbeats
   */
  public KeymuxActivity(Keymux packager, ScheduledExecutorService timer) {
    this.packager = packager;
    this.timer = timer;
  }

  @Override
  public PackagedMovie packageMovie(MovieOrder order) {
    CancelToken cancel = new CancelToken();
    try (Heartbeat heartbeat = Heartbeat.start(Activity.getExecutionContext(), timer, cancel)) {
      try {
        JobResult result = packager.run(order.job(), heartbeat, cancel);
        return new PackagedMovie(result.manifests(), result.verification().samplesCompared());
      } catch (DrmException e) {
        heartbeat.rethrowCancellation();
        throw failure(e);
      } catch (InterruptedException e) {
        heartbeat.rethrowCancellation();
        throw Activity.wrap(e);
      }
    }
  }

  /** The message of a {@code DrmException} is meant for users and holds no key. */
  private static ApplicationFailure failure(DrmException e) {
    return RetryRule.mayPassLater(e)
        ? ApplicationFailure.newFailure(e.getMessage(), e.code())
        : ApplicationFailure.newNonRetryableFailure(e.getMessage(), e.code());
  }
}
