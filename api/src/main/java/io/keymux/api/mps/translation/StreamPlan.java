package io.keymux.api.mps.translation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keymux.api.job.JobOrder;

/**
 * One task of adaptive streaming as a job of our own.
 *
 * @param order the job
 * @param definition number of the template
 * @param dash whether the manifest is an MPD, else a playlist
 * @param path of the manifest in its bucket
 * @param storage the bucket, as answers show it
 * @param input of the task, as answers show it
 * @param note what was done otherwise than asked; empty for nothing
 */
public record StreamPlan(
    JobOrder order,
    long definition,
    boolean dash,
    String path,
    ObjectNode storage,
    ObjectNode input,
    String note) {
  public StreamPlan {
    storage = storage.deepCopy();
    input = input.deepCopy();
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
