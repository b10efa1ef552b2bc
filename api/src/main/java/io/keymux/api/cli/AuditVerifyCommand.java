package io.keymux.api.cli;

import io.keymux.api.audit.AuditVerifier;
import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.cli.syntax.Value;
import io.keymux.api.config.KeyText;
import io.keymux.api.json.Json;
import io.keymux.api.secret.SecretText;
import io.keymux.cpix.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** {@code keymux audit verify}: whether the audit log is as it was written. */
record AuditVerifyCommand(Console console) implements Command {
  private static final int LIMIT_BYTES = 4096;
  private static final CommandOption KEY =
      CommandOption.one(
          "--key", "FILE", "What security.audit.key leads to (default: the key beside the log).");
  private static final CommandOption JSON = CommandOption.flag("--json", "Print one JSON object.");

  @Override
  public Syntax syntax() {
    return Syntax.of(
        "keymux audit verify",
        List.of(
            "Names every line of the audit log that was changed, moved or taken out.",
            "Ends with 7 if there is one. The service may be running."),
        null,
        List.of(DataOption.DATA, KEY, JSON));
  }

  @Override
  public int run(Arguments given) {
    Value key = given.optional(KEY);
    AuditVerifier.Report report =
        AuditVerifier.verify(DataOption.path(given, console), key == null ? null : key(key));
    if (given.has(JSON)) {
      console.out().println(Json.line(view(report)));
    } else {
      for (AuditVerifier.Fault fault : report.faults()) {
        console.out().println(place(fault) + ": " + fault.problem());
      }
      console
          .out()
          .println(
              report.faults().isEmpty()
                  ? report.lines() + " lines, all as they were written"
                  : report.lines() + " lines, " + report.faults().size() + " faults");
    }
    return report.faults().isEmpty() ? ExitCode.OK : ExitCode.VERIFICATION;
  }

  private SecretBytes key(Value file) {
    byte[] text = InputFile.read(file.text(), console, LIMIT_BYTES);
    return KeyText.read("--key", SecretText.of(new String(text, StandardCharsets.UTF_8).strip()));
  }

  private static String place(AuditVerifier.Fault fault) {
    return fault.line() == 0 ? fault.file().toString() : fault.file() + " line " + fault.line();
  }

  private static Map<String, Object> view(AuditVerifier.Report report) {
    return Map.of(
        "lines",
        report.lines(),
        "faults",
        report.faults().stream()
            .map(
                fault ->
                    Map.of(
                        "file",
                        fault.file().toString(),
                        "line",
                        fault.line(),
                        "problem",
                        fault.problem()))
            .toList());
  }
}
