package io.keymux.api.mps.event;

import io.keymux.api.config.BucketEventSettings;
import io.keymux.api.config.MpsSettings;
import io.keymux.api.database.DatabaseException;
import io.keymux.api.mps.problem.MpsException;
import io.keymux.api.mps.request.Fields;
import io.keymux.api.mps.sqs.SqsMessage;
import io.keymux.api.mps.sqs.SqsQueue;
import io.keymux.api.mps.task.Tasks;
import io.keymux.cpix.DrmException;
import io.keymux.keyserver.http.AddressPolicy;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a task for each object that comes into a bucket, as a queue tells. A message is deleted
 * once the tasks of all its events are kept; one that cannot be dealt with is left to the queue's
 * redrive policy, but a fault that passes is waited for. An event that comes twice starts one task.
 */
public final class BucketEvents implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BucketEvents.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(32);
  private static final int AT_ONCE = 10;

  private final BucketEventSettings settings;
  private final Tasks tasks;
  private final SqsQueue queue;
  private final Thread reader;

  private BucketEvents(BucketEventSettings settings, Tasks tasks, SqsQueue queue) {
    this.settings = settings;
    this.tasks = tasks;
    this.queue = queue;
    this.reader = new Thread(this::read, "keymux-bucket-events");
    reader.setDaemon(true);
  }

  /** Begins to read a queue. */
  public static BucketEvents start(BucketEventSettings settings, MpsSettings all, Tasks tasks) {
    // The operator wrote the region and the endpoint: they may lead anywhere.
    SqsQueue queue =
        SqsQueue.open(
            all.sqsEndpoint(),
            AddressPolicy.ANY,
            settings.region(),
            settings.queue(),
            settings.accessKeyId(),
            settings.secretAccessKey());
    BucketEvents events = new BucketEvents(settings, tasks, queue);
    events.reader.start();
    return events;
  }

  private void read() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        try {
          for (SqsMessage message : queue.receive(PATIENCE, AT_ONCE)) {
            serve(message);
          }
        } catch (DrmException e) {
          log.warn("queue {} cannot be read: {}", settings.queue(), e.getMessage());
          Thread.sleep(PAUSE.toMillis());
        } catch (RuntimeException e) {
          // The thread must not end: nothing would start it again.
          log.error("reading queue {} failed", settings.queue(), e);
          Thread.sleep(PAUSE.toMillis());
        }
      }
    } catch (InterruptedException e) {
      // close() ends it.
    }
  }

  private void serve(SqsMessage message) throws InterruptedException {
    List<BucketEvent> events = BucketEvent.read(message.body());
    if (events == null) {
      log.warn("message {} of queue {} is not of S3", message.id(), settings.queue());
      return;
    }
    boolean all = true;
    for (BucketEvent event : events) {
      if (wanted(event)) {
        all &= started(message, event);
      }
    }
    if (all) {
      delete(message);
    }
  }

  /**
   * Whether the task of an event is kept. While a fault lasts that passes, nothing else is read:
   * each receive counts, and messages that were received too often go to the dead-letter queue.
   */
  private boolean started(SqsMessage message, BucketEvent event) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        start(event);
        return true;
      } catch (DrmException e) {
        String code = e instanceof MpsException refusal ? refusal.mpsCode() : e.code();
        log.warn(
            "message {} of queue {} starts no task: {}: {}",
            message.id(),
            settings.queue(),
            code,
            e.getMessage());
        if (!passes(e)) {
          return false;
        }
      } catch (RuntimeException e) {
        log.error("message {} of queue {} failed", message.id(), settings.queue(), e);
        return false;
      }
      Thread.sleep(pause.toMillis());
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }
  }

  private static boolean passes(DrmException e) {
    return e instanceof DatabaseException database
        ? database.mayPass()
        : e instanceof MpsException refusal && refusal.mpsCode().equals("RequestLimitExceeded");
  }

  /** What cannot be deleted comes again, and is then known by its session id. */
  private void delete(SqsMessage message) throws InterruptedException {
    try {
      queue.delete(message);
    } catch (DrmException e) {
      log.warn(
          "message {} of queue {} cannot be deleted: {}",
          message.id(),
          settings.queue(),
          e.getMessage());
    }
  }

  private boolean wanted(BucketEvent event) {
    return (settings.prefix() == null || event.key().startsWith(settings.prefix()))
        && (settings.suffix() == null || event.key().endsWith(settings.suffix()));
  }

  private void start(BucketEvent event) {
    try {
      tasks.process(settings.tenant(), Fields.of(EventRequest.of(event, settings)));
    } catch (MpsException e) {
      if (!e.mpsCode().equals("InvalidParameterValue.SessionId")) {
        throw e;
      }
      log.info("an event of queue {} was dealt with before", settings.queue());
    }
  }

  @Override
  public void close() {
    reader.interrupt();
    queue.close();
  }
}
