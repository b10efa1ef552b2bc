package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.json.Json;
import io.keymux.cpix.validation.CpixFinding;
import io.keymux.cpix.validation.CpixFinding.Severity;
import io.keymux.cpix.validation.CpixProfile;
import io.keymux.cpix.validation.CpixValidator;
import io.keymux.cpix.validation.Strictness;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code keymux cpix validate}: what a document has against a profile. */
record CpixValidateCommand(Console console) implements Command {
  private static final CommandOption PROFILE =
      CommandOption.one(
              "--profile",
              "PROFILE",
              Arrays.stream(CpixProfile.values())
                      .map(CpixProfile::id)
                      .collect(Collectors.joining(", "))
                  + ".",
              "Default: {default}.")
          .orElse("cpix-2.3");
  private static final CommandOption LENIENT =
      CommandOption.flag(
          "--lenient", "Warn of what peers in the field write, instead of refusing it.");
  private static final CommandOption JSON = CommandOption.flag("--json", "Print one JSON object.");

  @Override
  public Syntax syntax() {
    return Syntax.of(
        "keymux cpix validate",
        List.of(
            "Checks a document against a version of CPIX or SPEKE, element by element.",
            "Ends with 3 if there is an error; keys are never printed."),
        CpixInput.FILE,
        List.of(PROFILE, LENIENT, JSON));
  }

  /**
   * @param valid whether there is no error
   */
  record Verdict(String profile, boolean valid, List<CpixFinding> findings) {}

  @Override
  public int run(Arguments given) {
    CpixProfile profile = CpixProfile.ofId(given.value(PROFILE).text());
    Strictness strictness = given.has(LENIENT) ? Strictness.LENIENT : Strictness.STRICT;
    List<CpixFinding> findings =
        CpixInput.read(
            given, console, document -> CpixValidator.validate(document, profile, strictness));
    boolean valid = findings.stream().noneMatch(f -> f.severity() == Severity.ERROR);
    if (given.has(JSON)) {
      console.out().println(Json.line(new Verdict(profile.id(), valid, findings)));
    } else {
      findings.forEach(this::print);
      console.out().println((valid ? "valid " : "not valid ") + profile.id());
    }
    return valid ? ExitCode.OK : ExitCode.INPUT;
  }

  private void print(CpixFinding finding) {
    console
        .out()
        .println(
            "%s[%s] %s: %s %s"
                .formatted(
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    finding.rule(),
                    finding.xpath(),
                    finding.problem(),
                    finding.remedy()));
  }
}
