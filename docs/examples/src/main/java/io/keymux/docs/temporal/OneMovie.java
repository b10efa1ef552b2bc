package io.keymux.docs.temporal;

import io.keymux.docs.worker.MovieOrder;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** The workflow of one activity. */
public final class OneMovie implements PackagingWorkflow {
  private final PackagingActivity packaging;

  /**
   * @param heartbeatTimeout how long an attempt may be silent before another worker begins anew; a
   *     cancelled job stops within about this time, too. 30 seconds suit jobs of minutes and hours
   */
  public OneMovie(Duration heartbeatTimeout) {
    packaging =
        Workflow.newActivityStub(
            PackagingActivity.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofHours(6))
                .setHeartbeatTimeout(heartbeatTimeout)
                // A cancelled workflow ends when the job has stopped, not before.
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setRetryOptions(
                    RetryOptions.newBuilder()
                        .setInitialInterval(Duration.ofSeconds(1))
                        .setMaximumAttempts(5)
                        .build())
                .build());
  }

  @Override
  public PackagedMovie run(MovieOrder order) {
    return packaging.packageMovie(order);
  }
}
