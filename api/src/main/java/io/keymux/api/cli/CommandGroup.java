package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;

/** A command that only holds others. */
interface CommandGroup extends Command {
  /** Called without the name of a command. */
  @Override
  default int run(Arguments given) {
    throw syntax().misused("Missing required subcommand.");
  }
}
