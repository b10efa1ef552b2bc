package io.keymux.api.mps.task;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.config.MpsSettings;
import io.keymux.api.job.Job;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.request.Fields;
import io.keymux.api.mps.template.Templates;
import io.keymux.api.mps.translation.StreamPlan;
import io.keymux.api.mps.translation.Translation;
import io.keymux.api.mps.wish.MediaReader;
import io.keymux.api.mps.wish.MediaWish;
import io.keymux.api.problem.RequestException;
import io.keymux.api.queue.JobService;
import io.keymux.cpix.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The actions on tasks. */
public final class Tasks {
  /** How long a session id stays taken. */
  private static final Duration SESSIONS = Duration.ofDays(3);

  /** How long a task can be asked for. */
  private static final Duration KEPT = Duration.ofDays(7);

  private final JobService jobs;
  private final TaskStore store;
  private final CallbackStore callbacks;
  private final Templates templates;
  private final MediaReader reader;
  private final Translation translation;
  private final Clock clock;
  private final TaskIds ids;

  public Tasks(
      JobService jobs,
      TaskStore store,
      CallbackStore callbacks,
      Templates templates,
      MpsSettings settings,
      Clock clock) {
    this.jobs = jobs;
    this.store = store;
    this.callbacks = callbacks;
    this.templates = templates;
    this.reader = new MediaReader(settings.buckets());
    this.translation = new Translation(settings);
    this.clock = clock;
    this.ids = new TaskIds(settings.appId(), clock);
  }

  /**
   * ProcessMedia: starts a job for each task of adaptive streaming, or none.
   *
   * @throws MpsException if something in it cannot be done
   */
  public ObjectNode process(String tenant, Fields fields) {
    return JsonNodeFactory.instance.objectNode().put("TaskId", start(tenant, fields).id());
  }

  private MpsTask start(String tenant, Fields fields) {
    MediaWish wish = reader.read(fields);
    String id = ids.next();
    List<StreamPlan> plans =
        translation.translate(
            wish,
            id,
            stream -> templates.get(tenant, stream.definition(), stream.at() + ".Definition"));
    Instant now = clock.instant();
    Bytes receiver = wish.callback() == null ? null : callbacks.hide(tenant, id, wish.callback());
    List<Job> kept;
    try {
      kept =
          jobs.submitAll(
              tenant,
              plans.stream().map(StreamPlan::order).toList(),
              (connection, accepted) -> {
                MpsTask task = task(id, tenant, now, wish, plans, accepted);
                store.add(connection, task, now.minus(SESSIONS));
                if (receiver != null) {
                  callbacks.add(connection, task, receiver);
                }
              });
    } catch (RequestException e) {
      throw JobRefusal.of(e);
    }
    return task(id, tenant, now, wish, plans, kept);
  }

  private static MpsTask task(
      String id,
      String tenant,
      Instant now,
      MediaWish wish,
      List<StreamPlan> plans,
      List<Job> accepted) {
    List<MpsTask.StreamTask> streams = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      streams.add(MpsTask.StreamTask.of(accepted.get(i).id(), plans.get(i)));
    }
    return new MpsTask(
        id,
        tenant,
        now,
        wish.sessionId(),
        wish.sessionContext(),
        wish.priority(),
        wish.source().echo(),
        wish.callback() == null ? null : wish.callback().echo(),
        wish.metaData(),
        streams);
  }

  /** DescribeTaskDetail. */
  public ObjectNode describe(String tenant, Fields fields) {
    String id = fields.requiredText("TaskId");
    fields.end();
    return TaskView.detail(get(tenant, id));
  }

  /** DescribeTasks. */
  public ObjectNode list(String tenant, Fields fields) {
    return new TaskListing(store, task -> TaskProgress.of(task, jobs)).list(tenant, fields);
  }

  /** ManageTask: aborts a task that has not begun. */
  public ObjectNode manage(String tenant, Fields fields) {
    String operation = fields.requiredText("OperationType");
    String id = fields.requiredText("TaskId");
    fields.end();
    if (!operation.equals("Abort")) {
      throw MpsException.invalidValue(
          "InvalidOperationType", "OperationType", "is not Abort", "Nothing else can be done.");
    }
    TaskProgress progress = get(tenant, id);
    if (!progress.status().equals("WAITING")) {
      throw MpsException.invalidValue(
          "NotProcessingTask",
          "TaskId",
          "names a task that is " + progress.status(),
          "Only a task that is WAITING can be aborted.");
    }
    progress.task().streams().forEach(stream -> jobs.cancel(tenant, stream.jobId()));
    return JsonNodeFactory.instance.objectNode();
  }

  /** How far a task is, if it is kept. */
  public Optional<TaskProgress> progress(String tenant, String id) {
    return store.find(tenant, id).map(task -> TaskProgress.of(task, jobs));
  }

  /** Forgets what nobody can ask for any more. */
  public void forget() {
    Instant now = clock.instant();
    store.forget(now.minus(KEPT), now.minus(SESSIONS));
  }

  /** What a callback tells of a task. */
  public static ObjectNode event(TaskProgress progress) {
    return TaskView.workflow(progress);
  }

  private TaskProgress get(String tenant, String id) {
    return progress(tenant, id)
        .orElseThrow(
            () ->
                MpsException.invalidValue(
                    "TaskId", "TaskId", "names no task", "Check it, and whose secret is used."));
  }
}
