package io.keymux.api.webhook;

import io.keymux.api.database.Sql;
import io.keymux.api.job.Job;
import io.keymux.api.job.JobState;
import io.keymux.api.store.JobStore;
import io.keymux.api.store.JobWatcher;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Writes a message for whoever wants to be told, in the transaction in which it happens: a message
 * is there if and only if it happened, whenever the service stops.
 */
public final class JobAnnouncer implements JobWatcher {
  private final Clock clock;

  public JobAnnouncer(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void changed(Connection connection, String jobId, JobState state) throws SQLException {
    Optional<EventType> type = type(state);
    if (type.isEmpty()) {
      return;
    }
    // Locked: a message for one that is deleted meanwhile would undo what became of the job.
    List<String> receivers =
        Sql.of(
                "select w.id from webhooks w"
                    + " where w.tenant = (select j.tenant from jobs j where j.id = ?)"
                    + " and w.enabled and w.events like ? order by w.id for update",
                jobId,
                WebhookStore.pattern(type.get()))
            .list(connection, row -> row.getString(1));
    if (receivers.isEmpty()) {
      return;
    }
    Job job = JobStore.find(connection, jobId).orElseThrow();
    Instant now = clock.instant();
    Deliveries.add(
        connection, receivers, type.get(), Message.text(type.get(), now, JobMessage.of(job)), now);
  }

  private static Optional<EventType> type(JobState state) {
    return Optional.ofNullable(
        switch (state) {
          case PREPARING -> EventType.JOB_STARTED;
          case QUEUED -> EventType.JOB_RETRYING;
          case SUCCEEDED -> EventType.JOB_SUCCEEDED;
          case FAILED -> EventType.JOB_FAILED;
          case CANCELLED -> EventType.JOB_CANCELLED;
          case ACQUIRING_KEYS, PACKAGING, VERIFYING, UPLOADING, CANCELLING -> null;
        });
  }
}
