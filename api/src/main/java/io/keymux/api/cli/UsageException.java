package io.keymux.api.cli;

import io.keymux.cpix.DrmException;

/** Options that do not go together, or a value that only this command refuses. */
final class UsageException extends DrmException {
  private static final long serialVersionUID = 1L;

  UsageException(String problem, String remedy) {
    super(Blame.CALLER, "usage", problem, remedy);
  }
}
