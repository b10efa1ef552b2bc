package io.keymux.api.mps.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.mps.translation.StreamPlan;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as it was asked for; how far it is follows from its jobs alone. Holds no secret, so it may
 * be kept and shown as it is.
 *
 * @param id as {@code 1000000000-WorkflowTask-…}; ids of later tasks are greater
 * @param tenant who may see it
 * @param sessionId empty for none
 * @param priority -10 to 10
 * @param input as answers show it
 * @param notifyConfig as answers show it; null if nobody is told
 * @param metaData whether answers describe the input
 * @param streams at least one
 */
public record MpsTask(
    String id,
    String tenant,
    Instant created,
    String sessionId,
    String sessionContext,
    int priority,
    ObjectNode input,
    @Nullable ObjectNode notifyConfig,
    boolean metaData,
    List<StreamTask> streams) {
  public MpsTask {
    input = input.deepCopy();
    notifyConfig = notifyConfig == null ? null : notifyConfig.deepCopy();
    streams = List.copyOf(streams);
  }

  @Override
  public ObjectNode input() {
    return input.deepCopy();
  }

  @Override
  public @Nullable ObjectNode notifyConfig() {
    return notifyConfig == null ? null : notifyConfig.deepCopy();
  }

  /**
   * One of its tasks of adaptive streaming.
   *
   * @param jobId of the job that does it
   * @param definition number of the template
   * @param dash whether the manifest is an MPD, else a playlist
   * @param path of the manifest in its bucket
   * @param storage the bucket, as answers show it
   * @param input as answers show it
   * @param note what was done otherwise than asked; empty for nothing
   */
  public record StreamTask(
      String jobId,
      long definition,
      boolean dash,
      String path,
      ObjectNode storage,
      ObjectNode input,
      String note) {
    public StreamTask {
      storage = storage.deepCopy();
      input = input.deepCopy();
    }

    static StreamTask of(String jobId, StreamPlan plan) {
      return new StreamTask(
          jobId,
          plan.definition(),
          plan.dash(),
          plan.path(),
          plan.storage(),
          plan.input(),
          plan.note());
    }

    @Override
    public ObjectNode storage() {
      return storage.deepCopy();
    }

    @Override
    public ObjectNode input() {
      return input.deepCopy();
    }
  }
}
