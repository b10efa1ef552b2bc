package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Positional;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.job.CpixView;
import io.keymux.api.job.PlanView;
import io.keymux.api.json.Json;
import io.keymux.cpix.xml.CpixReader;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;

/** {@code keymux cpix inspect}: what a document says, without its keys. */
record CpixInspectCommand(Console console) implements Command {
  private static final int LIMIT_BYTES = 1 << 20;
  private static final CommandOption JSON = CommandOption.flag("--json", "Print one JSON object.");

  @Override
  public Syntax syntax() {
    return Syntax.of(
        "keymux cpix inspect",
        List.of("Prints what a CPIX document says; keys are never printed."),
        Positional.one("FILE", "The document; - reads standard input."),
        List.of(JSON));
  }

  @Override
  public int run(Arguments given) {
    byte[] document = InputFile.read(given.positionals().get(0).text(), console, LIMIT_BYTES);
    CpixView view;
    try {
      view = CpixView.of(CpixReader.read(document));
    } finally {
      Arrays.fill(document, (byte) 0);
    }
    if (given.has(JSON)) {
      console.out().println(Json.line(view));
    } else {
      print(view, console.out());
    }
    return ExitCode.OK;
  }

  private static void print(CpixView view, PrintWriter out) {
    out.println(
        "CPIX %s, content id %s"
            .formatted(
                view.version() == null ? "without a version" : view.version(),
                view.contentId() == null ? "none" : view.contentId()));
    for (CpixView.Key key : view.keys()) {
      out.println(
          "key %s: %s%s%s"
              .formatted(
                  key.keyId(),
                  key.hasValue() ? "has a value" : "asked for",
                  key.scheme() == null ? "" : ", " + key.scheme(),
                  key.explicitIv() == null ? "" : ", IV " + key.explicitIv()));
    }
    for (CpixView.SystemEntry system : view.systems()) {
      out.println(
          "system %s for %s: %s"
              .formatted(system.name(), system.keyId(), String.join(", ", system.signaling())));
    }
    for (PlanView.Rule rule : view.rules()) {
      out.println(
          "rule %s for %s: %s"
              .formatted(
                  rule.intendedTrackType(), rule.keyId(), String.join(", ", rule.filters())));
    }
  }
}
