package io.keymux.api.queue;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.database.Database;
import io.keymux.api.store.Releases;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job scheduler's library: hands released jobs to workers, in any number of processes, and
 * finds workers that died. It knows ids and priorities alone.
 */
final class Scheduling {
  static final String TASK = "packaging";

  private static final Logger log = LoggerFactory.getLogger(Scheduling.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final JdbcCustomization dialect;
  private final CustomTask<Void> task;
  private final Scheduler scheduler;
  private final Clock clock;

  /**
   * @param work on a job to the end of an attempt; it then has no place in the queue any more
   */
  Scheduling(Database database, Clock clock, QueueSettings settings, Consumer<String> work) {
    this.clock = clock;
    this.dialect =
        database.isEmbedded()
            ? new DefaultJdbcCustomization(false)
            : new PostgreSqlJdbcCustomization(false, false);
    this.task =
        Tasks.custom(TASK, Void.class)
            // By the scheduler's clock; SilentWorkers finds them without one.
            .onDeadExecution((dead, operations) -> {})
            .onFailure(new FailureHandler.OnFailureRetryLater<>(settings.retryDelay()))
            .execute(
                (instance, context) -> {
                  work.accept(instance.getId());
                  return (complete, operations) -> operations.remove();
                });
    SchedulerBuilder builder =
        Scheduler.create(database.dataSource(), task)
            .jdbcCustomization(dialect)
            .clock(clock::instant)
            .schedulerName(new SchedulerName.Fixed("node-" + UUID.randomUUID()))
            .threads(settings.workers())
            .executorService(workers(settings.workers()))
            .heartbeatInterval(settings.heartbeat())
            .missedHeartbeatsLimit(QueueSettings.MISSED_HEARTBEATS)
            .pollingInterval(POLL)
            .failureLogging(LogLevel.WARN, false)
            .shutdownMaxWait(settings.drain())
            .enablePriority()
            .enableImmediateExecution();
    scheduler =
        (database.isEmbedded()
                ? builder.pollUsingFetch(0, 1)
                : builder.pollUsingLockAndFetch(0.5, 1))
            .build();
  }

  private static ExecutorService workers(int count) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory threads = task -> new Thread(task, "keymux-job-" + number.incrementAndGet());
    return Executors.newFixedThreadPool(count, threads);
  }

  /** Adds a job within a transaction. */
  Releases.Schedule adding() {
    return this::add;
  }

  /** Adds a job that was lost, unless it is there. */
  void add(String jobId) {
    scheduler.scheduleIfNotExists(
        task.instanceBuilder(jobId).priority(0).scheduledTo(clock.instant()));
  }

  private void add(Connection connection, String jobId, int priority) {
    SchedulerClient client =
        SchedulerClient.Builder.create(new BorrowedConnection(connection), task)
            .jdbcCustomization(dialect)
            .enablePriority()
            .build();
    client.scheduleIfNotExists(
        task.instanceBuilder(jobId).priority(priority).scheduledTo(clock.instant()));
  }

  void start() {
    scheduler.start();
  }

  /** Has workers look for jobs now. */
  void look() {
    scheduler.triggerCheckForDueExecutions();
  }

  /** Hands out no more jobs. */
  void pause() {
    scheduler.pause();
  }

  /** Ends; what still runs is interrupted. */
  void stop() {
    scheduler.stop();
    log.debug("the scheduler has ended");
  }
}
