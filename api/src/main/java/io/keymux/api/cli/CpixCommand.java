package io.keymux.api.cli;

import picocli.CommandLine.Command;

/** {@code keymux cpix}: holds its commands. */
@Command(
    name = "cpix",
    mixinStandardHelpOptions = true,
    description = "Looks into CPIX documents.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CpixInspectCommand.class)
final class CpixCommand {}
