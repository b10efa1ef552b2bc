package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Syntax;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code keymux keys}: holds its commands. */
record KeysCommand(Console console) implements CommandGroup {
  @Override
  public Syntax syntax() {
    return Syntax.of("keymux keys", List.of("Talks to key servers."), null, List.of());
  }

  @Override
  public List<String> commands() {
    return List.of("test", "profiles");
  }

  @Override
  public @Nullable Command command(String name) {
    return switch (name) {
      case "test" -> new KeysTestCommand(console);
      case "profiles" -> new KeysProfilesCommand(console);
      default -> null;
    };
  }
}
