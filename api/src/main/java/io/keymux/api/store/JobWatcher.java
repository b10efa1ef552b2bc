package io.keymux.api.store;

import io.keymux.api.job.JobState;
import java.sql.Connection;
import java.sql.SQLException;

/** Told of what becomes of jobs, within the transaction that writes it. */
@FunctionalInterface
public interface JobWatcher {
  /** Does nothing. */
  JobWatcher NONE = (connection, jobId, state) -> {};

  /**
   * @param state that the job came to: {@link JobState#PREPARING} when an attempt begins, {@link
   *     JobState#QUEUED} when one failed and another follows, or a final one
   */
  void changed(Connection connection, String jobId, JobState state) throws SQLException;
}
