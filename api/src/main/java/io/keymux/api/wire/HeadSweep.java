package io.keymux.api.wire;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;

/** Looks for slow requests once a second, as long as the server listens. */
final class HeadSweep extends AbstractLifeCycle {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "keymux-slow-heads");
            thread.setDaemon(true);
            return thread;
          });
  private final RequestHeads heads;

  HeadSweep(RequestHeads heads) {
    this.heads = heads;
  }

  @Override
  protected void doStart() {
    var unused = timer.scheduleWithFixedDelay(heads::sweep, 1, 1, TimeUnit.SECONDS);
  }

  @Override
  protected void doStop() {
    timer.shutdownNow();
  }
}
