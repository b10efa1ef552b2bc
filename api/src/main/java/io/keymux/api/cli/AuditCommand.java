package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Syntax;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code keymux audit}: holds its commands. */
record AuditCommand(Console console) implements CommandGroup {
  @Override
  public Syntax syntax() {
    return Syntax.of("keymux audit", List.of("Reads the service's audit log."), null, List.of());
  }

  @Override
  public List<String> commands() {
    return List.of("verify");
  }

  @Override
  public @Nullable Command command(String name) {
    return name.equals("verify") ? new AuditVerifyCommand(console) : null;
  }
}
