package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code keymux doctor}: what this machine has, and what is missing for what. */
record DoctorCommand(Console console) implements Command {
  private static final CommandOption JSON = CommandOption.flag("--json", "Print one JSON object.");

  @Override
  public Syntax syntax() {
    return Syntax.of(
        "keymux doctor",
        List.of("Checks what this machine has and says what is missing for what."),
        null,
        List.of(DataOption.DATA, JSON));
  }

  @Override
  public int run(Arguments given) throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    checks.addAll(Check.ofJava());
    checks.add(Check.ofData(DataOption.path(given, console)));
    checks.addAll(Check.ofTools(console.environment()));
    boolean usable = checks.stream().noneMatch(check -> check.verdict() == Check.Verdict.BROKEN);
    if (given.has(JSON)) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("version", Version.text());
      all.put("usable", usable);
      all.put("checks", checks);
      console.out().println(Json.line(all));
    } else {
      checks.forEach(this::print);
      console.out().println(usable ? "Ready." : "Something that is needed is missing, see above.");
    }
    return usable ? ExitCode.OK : ExitCode.TOOL;
  }

  private void print(Check check) {
    String mark =
        switch (check.verdict()) {
          case OK -> "ok     ";
          case ABSENT -> "absent ";
          case OLD -> "old    ";
          case SLOW -> "slow   ";
          case BROKEN -> "broken ";
        };
    console.out().println(mark + check.name() + ": " + check.found());
    if (check.verdict() != Check.Verdict.OK) {
      console.out().println("       " + check.remedy());
    }
  }
}
