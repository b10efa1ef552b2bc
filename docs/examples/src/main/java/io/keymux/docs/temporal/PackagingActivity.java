package io.keymux.docs.temporal;

import io.keymux.docs.worker.MovieOrder;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Packages one movie. */
@ActivityInterface
public interface PackagingActivity {

  /**
   * Sends heartbeats with a {@link PackagingProgress}, from a timer: a key server may be silent for
   * longer than a heartbeat timeout. When it is told that it is cancelled, nothing was published.
   *
   * @throws io.temporal.failure.ApplicationFailure of the type that the code of the {@code
   *     DrmException} names; not retryable if another attempt cannot help
   */
  @ActivityMethod
  PackagedMovie packageMovie(MovieOrder order);
}
