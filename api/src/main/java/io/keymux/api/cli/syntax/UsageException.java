package io.keymux.api.cli.syntax;

import io.keymux.cpix.DrmException;

/** Arguments that are not those of the command, or do not go together; code {@code usage}. */
public final class UsageException extends DrmException {
  private static final long serialVersionUID = 1L;

  public UsageException(String problem, String remedy) {
    super(Blame.CALLER, "usage", problem, remedy);
  }
}
