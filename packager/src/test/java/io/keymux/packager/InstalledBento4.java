package io.keymux.packager;

import io.keymux.packager.bento4.KeysOnArgv;
import io.keymux.packager.tool.ToolException;
import io.keymux.packager.tool.ToolFinder;
import org.junit.jupiter.api.Assumptions;

/** Bento4 of this machine. No registry has it, so its tests skip where it is not. */
final class InstalledBento4 {
  private InstalledBento4() {}

  static Engine engine() {
    try {
      return Engine.bento4(KeysOnArgv.ALLOWED, new ToolFinder(System.getenv(), null));
    } catch (ToolException e) {
      return Assumptions.abort(e.getMessage());
    }
  }
}
