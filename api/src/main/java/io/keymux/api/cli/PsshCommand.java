package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Syntax;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code keymux pssh}: holds its commands. */
record PsshCommand(Console console) implements CommandGroup {
  @Override
  public Syntax syntax() {
    return Syntax.of("keymux pssh", List.of("Looks into pssh boxes."), null, List.of());
  }

  @Override
  public List<String> commands() {
    return List.of("inspect");
  }

  @Override
  public @Nullable Command command(String name) {
    return name.equals("inspect") ? new PsshInspectCommand(console) : null;
  }
}
