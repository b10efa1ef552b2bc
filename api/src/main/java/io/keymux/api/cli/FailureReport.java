package io.keymux.api.cli;

import io.keymux.cpix.DrmException;
import io.keymux.packager.job.InvalidJobException;
import java.io.PrintWriter;
import java.util.Map;

/** Tells a person what went wrong, in one line: {@code error[code]: problem remedy}. */
final class FailureReport {
  /** How fields of a job are called on the command line. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "protection.systems", "--drm",
          "protection.scheme", "--scheme",
          "protection.keys", "--preset",
          "protection.contentId", "--content-id",
          "protection.iv", "--iv",
          "packaging.formats", "--formats",
          "packaging.segment.duration", "--segment-duration",
          "packaging.layout", "--layout",
          "output", "--output");

  private final PrintWriter err;
  private final boolean debug;

  FailureReport(PrintWriter err, boolean debug) {
    this.err = err;
    this.debug = debug;
  }

  /** Prints the failure; gives the exit code. */
  int report(Exception e) {
    if (e instanceof DrmException ours) {
      print(ours.code(), told(ours));
      trace(e);
      return ExitCode.of(ours);
    }
    if (e instanceof InterruptedException) {
      print("cancelled", "The command was interrupted. Nothing was published; run it again.");
      return ExitCode.CANCELLED;
    }
    print(
        "internal",
        "An unexpected "
            + e.getClass().getSimpleName()
            + " happened. Run again with --debug and report what it prints.");
    trace(e);
    return ExitCode.BUG;
  }

  private static String told(DrmException e) {
    String text = e.problem() + " " + e.remedy();
    if (e instanceof InvalidJobException) {
      for (Map.Entry<String, String> option : OPTIONS.entrySet()) {
        text = text.replace(option.getKey() + ":", option.getValue() + ":");
        if (option.getKey().indexOf('.') > 0) {
          text = text.replace(option.getKey(), option.getValue());
        }
      }
    }
    return text;
  }

  private void print(String code, String text) {
    err.println("error[" + code + "]: " + text.replaceAll("\\p{Cntrl}+", " "));
  }

  private void trace(Exception e) {
    if (debug) {
      e.printStackTrace(err);
    }
  }
}
