package io.keymux.api.bench;

import io.keymux.packager.tool.Tool;
import io.keymux.packager.tool.ToolCommand;
import io.keymux.packager.tool.ToolFinder;
import java.nio.file.Path;

/**
 * What every peer needs.
 *
 * @param work for configuration files and the peers' own settings
 */
record PeerSetup(BenchInputs inputs, ToolFinder finder, Path work) {

  /** A program with its home in the work folder and its temporary files on the measured disk. */
  ToolCommand command(Path program) {
    return ToolCommand.of(program)
        .environment("HOME", work.toString())
        .environment("TMPDIR", work.toString());
  }

  /**
   * @throws io.keymux.packager.tool.ToolException if it is not there
   */
  Path require(Tool tool) {
    return finder.require(tool);
  }
}
