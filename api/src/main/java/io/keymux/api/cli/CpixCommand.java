package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Syntax;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code keymux cpix}: holds its commands. */
record CpixCommand(Console console) implements CommandGroup {
  @Override
  public Syntax syntax() {
    return Syntax.of("keymux cpix", List.of("Looks into CPIX documents."), null, List.of());
  }

  @Override
  public List<String> commands() {
    return List.of("inspect");
  }

  @Override
  public @Nullable Command command(String name) {
    return name.equals("inspect") ? new CpixInspectCommand(console) : null;
  }
}
