package io.keymux.api.cli;

import picocli.CommandLine.Command;

/** {@code keymux pssh}: holds its commands. */
@Command(
    name = "pssh",
    mixinStandardHelpOptions = true,
    description = "Looks into pssh boxes.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = PsshInspectCommand.class)
final class PsshCommand {}
