package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Syntax;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code keymux}: holds the commands. */
record RootCommand(Console console) implements CommandGroup {
  @Override
  public Syntax syntax() {
    return new Syntax(
        "keymux",
        List.of("DRM packaging and key exchange: an MP4 ladder becomes protected HLS and DASH."),
        null,
        List.of(),
        List.of(
            "",
            "Exit codes: 0 ok, 2 usage, 3 input, 4 key server, 5 external tool, 6 output,",
            "7 verification failed, 130 cancelled."));
  }

  @Override
  public List<String> commands() {
    return List.of(
        "demo", "package", "plan", "verify", "decrypt", "resign", "serve", "pssh", "cpix", "keys",
        "access", "audit", "bench", "doctor");
  }

  @Override
  public @Nullable Command command(String name) {
    return switch (name) {
      case "demo" -> new DemoCommand(console);
      case "package" -> new PackageCommand(console);
      case "plan" -> new PlanCommand(console);
      case "verify" -> new VerifyCommand(console);
      case "decrypt" -> new DecryptCommand(console);
      case "resign" -> new ResignCommand(console);
      case "serve" -> new ServeCommand(console);
      case "pssh" -> new PsshCommand(console);
      case "cpix" -> new CpixCommand(console);
      case "keys" -> new KeysCommand(console);
      case "access" -> new AccessCommand(console);
      case "audit" -> new AuditCommand(console);
      case "bench" -> new BenchCommand(console);
      case "doctor" -> new DoctorCommand(console);
      default -> null;
    };
  }
}
