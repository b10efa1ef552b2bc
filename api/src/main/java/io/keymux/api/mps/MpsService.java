package io.keymux.api.mps;

import io.keymux.api.config.BucketEventSettings;
import io.keymux.api.config.MpsSettings;
import io.keymux.api.database.Database;
import io.keymux.api.envelope.Envelope;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The endpoint, and what works for it in the background. */
public final class MpsService implements AutoCloseable {
  private final MpsEndpoint endpoint;
  private final List<Supplier<Runnable>> starts;
  private final List<Runnable> stops = new CopyOnWriteArrayList<>();

  /**
   * @param starts each begins something and gives what ends it
   */
  private MpsService(MpsEndpoint endpoint, List<Supplier<Runnable>> starts) {
    this.endpoint = endpoint;
    this.starts = List.copyOf(starts);
  }

  /**
   * Puts it together; nothing works in the background yet.
   *
   * @param settings null for an endpoint that says that it is not configured
   * @param queue that the jobs of tasks go to
   * @param envelope hides who is to be told from the database
   * @param clock that signatures are held against; whatever other nodes see has the queue's time
   */
  public static MpsService of(
      @Nullable MpsSettings settings,
      JobQueue queue,
      Database database,
      Envelope envelope,
      Clock clock) {
    if (settings == null) {
      return new MpsService(new MpsEndpoint(null, null), List.of());
    }
    Templates templates = new Templates(new TemplateStore(database), queue.clock());
    CallbackStore callbacks = new CallbackStore(database, envelope);
    Tasks tasks =
        new Tasks(
            queue.service(),
            new TaskStore(database),
            callbacks,
            templates,
            settings,
            queue.clock());
    List<Supplier<Runnable>> starts = new ArrayList<>();
    starts.add(() -> Callbacks.start(callbacks, tasks, settings, queue.clock())::close);
    for (BucketEventSettings events : settings.bucketEvents()) {
      starts.add(() -> BucketEvents.start(events, settings, tasks)::close);
    }
    return new MpsService(
        new MpsEndpoint(new Signatures(settings, clock), new MpsActions(tasks, templates)), starts);
  }

  /** Starts what works in the background: it makes jobs, so whatever they need has to be there. */
  public void start() {
    starts.forEach(start -> stops.add(start.get()));
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
