package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.CommandOption;
import io.keymux.api.cli.syntax.Syntax;
import io.keymux.api.json.Json;
import io.keymux.keyserver.profile.ProfileSummary;
import java.util.List;

/** {@code keymux keys profiles}: the key servers that Keymux knows, and what each needs. */
record KeysProfilesCommand(Console console) implements Command {
  private static final CommandOption JSON = CommandOption.flag("--json", "Print one JSON array.");

  @Override
  public Syntax syntax() {
    return Syntax.of(
        "keymux keys profiles",
        List.of("Lists the profiles that accounts with key servers may build on."),
        null,
        List.of(KeyOptions.CONFIG, JSON));
  }

  @Override
  public int run(Arguments given) {
    List<ProfileSummary> profiles = KeyOptions.accounts(given, console).profiles();
    if (given.has(JSON)) {
      console.out().println(Json.line(profiles));
      return ExitCode.OK;
    }
    for (ProfileSummary profile : profiles) {
      console
          .out()
          .printf(
              "%s: %s (%s, auth %s)%n",
              profile.name(), profile.title(), profile.transport(), profile.auth());
      if (profile.needsUrl()) {
        console.out().println("  url: that of the account");
      }
      profile
          .needs()
          .forEach((name, what) -> console.out().printf("  variables.%s: %s%n", name, what));
    }
    return ExitCode.OK;
  }
}
