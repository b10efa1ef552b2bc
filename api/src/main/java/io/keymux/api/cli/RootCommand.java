package io.keymux.api.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code keymux}: holds the commands. */
@Command(
    name = "keymux",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "DRM packaging and key exchange: an MP4 ladder becomes protected HLS and DASH.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      PackageCommand.class,
      PlanCommand.class,
      VerifyCommand.class,
      ServeCommand.class,
      PsshCommand.class,
      CpixCommand.class,
      BenchCommand.class,
      DoctorCommand.class
    },
    footer = {
      "",
      "Exit codes: 0 ok, 2 usage, 3 input, 4 key server, 5 external tool, 6 output,",
      "7 verification failed, 130 cancelled."
    })
final class RootCommand {
  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Print stack traces of errors.")
  @SuppressWarnings("UnusedVariable") // looked up before arguments are parsed
  private boolean debug;
}
