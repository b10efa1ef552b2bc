package io.keymux.docs.temporal;

import io.keymux.docs.worker.MovieOrder;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Has one movie packaged. */
@WorkflowInterface
public interface PackagingWorkflow {

  @WorkflowMethod
  PackagedMovie run(MovieOrder order);
}
