package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Syntax;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code keymux cpix}: holds its commands. */
record CpixCommand(Console console) implements CommandGroup {
  @Override
  public Syntax syntax() {
    return Syntax.of(
        "keymux cpix", List.of("Reads, checks and changes CPIX documents."), null, List.of());
  }

  @Override
  public List<String> commands() {
    return List.of(
        "inspect", "validate", "resolve", "encrypt", "decrypt", "sign", "verify-signatures");
  }

  @Override
  public @Nullable Command command(String name) {
    return switch (name) {
      case "inspect" -> new CpixInspectCommand(console);
      case "validate" -> new CpixValidateCommand(console);
      case "resolve" -> new CpixResolveCommand(console);
      case "encrypt" -> new CpixEncryptCommand(console);
      case "decrypt" -> new CpixDecryptCommand(console);
      case "sign" -> new CpixSignCommand(console);
      case "verify-signatures" -> new CpixVerifySignaturesCommand(console);
      default -> null;
    };
  }
}
