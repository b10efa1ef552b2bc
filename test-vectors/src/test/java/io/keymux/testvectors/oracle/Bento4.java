package io.keymux.testvectors.oracle;

import io.keymux.packager.Engine;
import io.keymux.packager.bento4.KeysOnArgv;
import io.keymux.packager.tool.ToolException;
import io.keymux.packager.tool.ToolFinder;
import org.junit.jupiter.api.Assumptions;

/** Bento4 as an engine, with test keys. No registry has it, so it is only used where it is. */
public final class Bento4 {
  private Bento4() {}

  /** The engine; skips the test where it is not on this machine. */
  public static Engine engine() {
    try {
      return Engine.bento4(KeysOnArgv.ALLOWED, new ToolFinder(System.getenv(), null));
    } catch (ToolException e) {
      return Assumptions.abort(e.getMessage());
    }
  }
}
