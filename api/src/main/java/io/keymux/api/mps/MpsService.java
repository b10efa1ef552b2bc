package io.keymux.api.mps;

import io.keymux.api.config.BucketEventSettings;
import io.keymux.api.config.MpsSettings;
import io.keymux.api.database.Database;
import io.keymux.api.mps.callback.Callbacks;
import io.keymux.api.mps.event.BucketEvents;
import io.keymux.api.mps.signature.Signatures;
import io.keymux.api.mps.task.CallbackStore;
import io.keymux.api.mps.task.TaskStore;
import io.keymux.api.mps.task.Tasks;
import io.keymux.api.mps.template.TemplateStore;
import io.keymux.api.mps.template.Templates;
import io.keymux.api.queue.JobQueue;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The endpoint, and what works for it in the background. */
public final class MpsService implements AutoCloseable {
  private final MpsEndpoint endpoint;
  private final List<Runnable> stops;

  private MpsService(MpsEndpoint endpoint, List<Runnable> stops) {
    this.endpoint = endpoint;
    this.stops = List.copyOf(stops);
  }

  /**
   * Puts it together and starts what works in the background.
   *
   * @param settings null for an endpoint that says that it is not configured
   * @param queue that the jobs of tasks go to
   * @param clock that signatures are held against; whatever other nodes see has the queue's time
   */
  public static MpsService start(
      @Nullable MpsSettings settings, JobQueue queue, Database database, Clock clock) {
    if (settings == null) {
      return new MpsService(new MpsEndpoint(null, null), List.of());
    }
    Templates templates = new Templates(new TemplateStore(database), queue.clock());
    CallbackStore callbacks = new CallbackStore(database, queue.sealer());
    Tasks tasks =
        new Tasks(
            queue.service(),
            new TaskStore(database),
            callbacks,
            templates,
            settings,
            queue.clock());
    List<Runnable> stops = new ArrayList<>();
    stops.add(Callbacks.start(callbacks, tasks, settings, queue.clock())::close);
    for (BucketEventSettings events : settings.bucketEvents()) {
      stops.add(BucketEvents.start(events, settings, tasks)::close);
    }
    return new MpsService(
        new MpsEndpoint(new Signatures(settings, clock), new MpsActions(tasks, templates)), stops);
  }

  public MpsEndpoint endpoint() {
    return endpoint;
  }

  /** Stops what works in the background. */
  @Override
  public void close() {
    stops.forEach(Runnable::run);
  }
}
