package io.keymux.api.cli;

import io.keymux.cpix.DrmException;
import io.keymux.packager.job.InvalidJobException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Tells a person what went wrong, in one line: {@code error[code]: problem remedy}. */
final class FailureReport {
  /** How fields of a job are called on the command line. */
  private static final List<Map.Entry<String, String>> OPTIONS =
      List.of(
          Map.entry("protection.systems", "--drm"),
          Map.entry("protection.scheme", "--scheme"),
          Map.entry("protection.keys", "--preset"),
          Map.entry("protection.keyUri", "--key-uri"),
          Map.entry("protection.contentId", "--content-id"),
          // Before the one that it begins with.
          Map.entry("protection.ivSize", "--iv-size"),
          Map.entry("protection.iv", "--iv"),
          Map.entry("protection.pattern", "--pattern"),
          Map.entry("protection.clearLead", "--clear-lead"),
          Map.entry("protection.keyPeriod", "--key-period"),
          Map.entry("protection.keyChange", "--key-change"),
          Map.entry("packaging.formats", "--formats"),
          Map.entry("packaging.segment.duration", "--segment-duration"),
          Map.entry("packaging.layout", "--layout"),
          Map.entry("packaging.container", "--container"),
          Map.entry("packaging.encryptInit", "--encrypt-init"),
          Map.entry("output", "--output"));

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
      for (Map.Entry<String, String> option : OPTIONS) {
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
