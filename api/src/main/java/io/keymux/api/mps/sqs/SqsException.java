package io.keymux.api.mps.sqs;

import io.keymux.cpix.DrmException;

/** A queue service that refuses a call. */
public final class SqsException extends DrmException {
  private static final long serialVersionUID = 1L;

  private SqsException(String problem) {
    super(
        Blame.UPSTREAM,
        "queue-refused",
        problem,
        "Check the queue's name and region, and what the access key may do.");
  }

  /**
   * @param type of the service's error, of which only a plain name is told
   */
  static SqsException refused(String action, int status, String type) {
    String kind = type.substring(type.lastIndexOf('#') + 1);
    boolean plain = kind.matches("[A-Za-z0-9._]{1,80}");
    return new SqsException(
        "The queue service answers %s with status %d%s."
            .formatted(action, status, plain ? ", " + kind : ""));
  }
}
