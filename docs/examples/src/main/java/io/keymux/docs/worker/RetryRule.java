package io.keymux.docs.worker;

import io.keymux.cpix.DrmException;
import io.keymux.keyserver.http.KeyExchangeException;

/** Tells failures that another attempt may mend from those that it cannot. */
public final class RetryRule {
  private RetryRule() {}

  /**
   * Whether the same job, unchanged, may succeed later: never if the caller has to change it or
   * Keymux cannot do it; of a key server's failures, those that say so.
   */
  public static boolean mayPassLater(DrmException failure) {
    if (failure instanceof KeyExchangeException answer) {
      return answer.retryable();
    }
    return switch (failure.blame()) {
      case CALLER, UNSUPPORTED -> false;
      case UPSTREAM, OUTPUT -> true;
    };
  }
}
