package io.keymux.api.cli;

import io.keymux.api.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code keymux doctor}: what this machine has, and what is missing for what. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Checks what this machine has and says what is missing for what.")
final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    checks.addAll(Check.ofJava());
    checks.add(Check.ofData(data.path(console)));
    checks.addAll(Check.ofTools(console.environment()));
    boolean usable = checks.stream().noneMatch(check -> check.verdict() == Check.Verdict.BROKEN);
    if (json) {
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
          case SLOW -> "slow   ";
          case BROKEN -> "broken ";
        };
    console.out().println(mark + check.name() + ": " + check.found());
    if (check.verdict() != Check.Verdict.OK) {
      console.out().println("       " + check.remedy());
    }
  }
}
