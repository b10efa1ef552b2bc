package io.keymux.api.cli;

import io.keymux.api.cli.syntax.Arguments;
import io.keymux.api.cli.syntax.Syntax;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command, or a group of commands. */
interface Command {
  Syntax syntax();

  /**
   * @return the exit code
   */
  int run(Arguments given) throws Exception;

  /** The names of the commands that it holds; empty if it is none but itself. */
  default List<String> commands() {
    return List.of();
  }

  /** Makes a command that it holds: the classes of the others are not loaded. */
  default @Nullable Command command(String name) {
    return null;
  }
}
