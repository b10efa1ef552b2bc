package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Syntax;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code keymux access}: holds its commands. */
record AccessCommand(Console console) implements CommandGroup {
  @Override
  public Syntax syntax() {
    return Syntax.of(
        "keymux access", List.of("Makes credentials for clients of the service."), null, List.of());
  }

  @Override
  public List<String> commands() {
    return List.of("key");
  }

  @Override
  public @Nullable Command command(String name) {
    return name.equals("key") ? new AccessKeyCommand(console) : null;
  }
}
