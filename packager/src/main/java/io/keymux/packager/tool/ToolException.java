package io.keymux.packager.tool;

import io.keymux.cpix.DrmException;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An external program could not be run, or did not end as wanted. Nothing of it runs any more. */
public final class ToolException extends DrmException {
  private static final int QUOTED_CHARS = 300;

  private final String output;

  private ToolException(
      String code, String problem, String remedy, String output, @Nullable Throwable cause) {
    super(Blame.UPSTREAM, code, problem, remedy, cause);
    this.output = output;
  }

  /** The end of what the program printed, secret arguments masked. */
  public String output() {
    return output;
  }

  static ToolException notFound(Tool tool) {
    return new ToolException(
        "tool-not-found",
        "%s is not there: looked at the variable %s, on PATH and in .ci/tools."
            .formatted(tool.title(), tool.variable()),
        "Install it, or set " + tool.variable() + " to where it is.",
        "",
        null);
  }

  static ToolException notStarted(ToolCommand command, IOException cause) {
    return new ToolException(
        "tool-not-started",
        "%s cannot be started: %s."
            .formatted(command.program(), command.mask(String.valueOf(cause.getMessage()))),
        "Check that it is installed, executable and made for this machine.",
        "",
        cause);
  }

  static ToolException failed(ToolCommand command, int exitStatus, String output) {
    return new ToolException(
        "tool-failed",
        "%s ended with status %d%s."
            .formatted(command.program(), exitStatus, quoted(command, output)),
        "Run it by hand to see more.",
        command.mask(output),
        null);
  }

  static ToolException timedOut(ToolCommand command, Duration timeout, String output) {
    return new ToolException(
        "tool-timed-out",
        "%s did not end within %d s and was killed%s."
            .formatted(command.program(), timeout.toSeconds(), quoted(command, output)),
        "Check its input, or allow it more time.",
        command.mask(output),
        null);
  }

  static ToolException tooMuchOutput(ToolCommand command, long limit, String output) {
    return new ToolException(
        "tool-output-too-large",
        "%s printed more than %d bytes and was killed%s."
            .formatted(command.program(), limit, quoted(command, output)),
        "Run it by hand to see what it repeats.",
        command.mask(output),
        null);
  }

  static ToolException noLog(ToolCommand command, IOException cause) {
    return new ToolException(
        "tool-log-not-writable",
        "The output of %s cannot be kept in a temporary file: %s."
            .formatted(command.program(), cause.getClass().getSimpleName()),
        "Check space and permissions of the folder for temporary files.",
        "",
        cause);
  }

  /** The last of what it printed, on one line. */
  private static String quoted(ToolCommand command, String output) {
    String line = command.mask(output).strip().replaceAll("\\s+", " ");
    if (line.isEmpty()) {
      return ", without a word";
    }
    String end =
        line.length() <= QUOTED_CHARS ? line : "..." + line.substring(line.length() - QUOTED_CHARS);
    return "; its last words: \"" + end.replaceAll("[.]$", "") + "\"";
  }
}
