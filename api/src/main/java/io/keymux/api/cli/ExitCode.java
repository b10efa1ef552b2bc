package io.keymux.api.cli;

import io.keymux.api.cli.syntax.UsageException;
import io.keymux.api.problem.StorageException;
import io.keymux.cpix.DrmException;
import io.keymux.packager.job.CancelToken;
import io.keymux.packager.job.InvalidJobException;

/** The one place that knows which failure has which exit code. */
final class ExitCode {
  static final int OK = 0;
  static final int USAGE = 2;
  static final int INPUT = 3;
  static final int KEY_SERVER = 4;
  static final int TOOL = 5;
  static final int OUTPUT = 6;
  static final int VERIFICATION = 7;

  /** As {@code sysexits.h} has it for internal software errors. */
  static final int BUG = 70;

  /** As a shell reports a process that SIGINT ended. */
  static final int CANCELLED = 130;

  private ExitCode() {}

  static int of(DrmException e) {
    if (e.code().equals(CancelToken.CODE)) {
      return CANCELLED;
    }
    if (e instanceof InvalidJobException || e instanceof UsageException) {
      return USAGE;
    }
    if (e.code().equals("verification-failed")) {
      return VERIFICATION;
    }
    return switch (e.blame()) {
      case CALLER, UNSUPPORTED -> INPUT;
      case UPSTREAM ->
          e instanceof StorageException ? INPUT : e.code().startsWith("tool-") ? TOOL : KEY_SERVER;
      case OUTPUT -> OUTPUT;
    };
  }
}
