package io.keymux.api.cli;

import io.keymux.packager.bento4.Bento4Tools;
import io.keymux.packager.tool.InstalledTool;
import io.keymux.packager.tool.ToolException;
import io.keymux.packager.tool.ToolFinder;
import java.util.Map;

/** Whether the engine bento4 has its programs, found as the engine finds them. */
final class Bento4Check {
  private static final String USED_FOR = "package --engine bento4; tests; bench";

  /** What the programs of 1.6.0 say, in all of its builds; older ones are not tested. */
  private static final int[] OLDEST = {1, 6};

  private static final String REMEDY =
      "Only for "
          + USED_FOR
          + ": build Bento4 1.6.0 or newer (tested: 1.6.0-641) from its sources at"
          + " https://github.com/axiomatic-systems/Bento4, which are under the GPL, and put its"
          + " programs on PATH or set BENTO4_HOME to the folder above bin.";

  private Bento4Check() {}

  static Check of(Map<String, String> environment) throws InterruptedException {
    Bento4Tools tools;
    try {
      tools = Bento4Tools.find(new ToolFinder(environment, null));
    } catch (ToolException e) {
      return new Check("bento4", Check.Verdict.ABSENT, e.problem(), USED_FOR, REMEDY);
    }
    String version =
        new InstalledTool(tools.mp4fragment()).versionBehind("Bento4 Version").orElse("");
    return new Check(
        "bento4",
        isNewEnough(version) ? Check.Verdict.OK : Check.Verdict.OLD,
        (version.isEmpty() ? "version unknown" : version) + ", " + tools.mp4fragment().getParent(),
        USED_FOR,
        isNewEnough(version) ? "" : REMEDY);
  }

  private static boolean isNewEnough(String version) {
    if (!version.matches("\\d{1,6}(\\.\\d{1,6})+")) {
      return false;
    }
    String[] parts = version.split("\\.", -1);
    int major = Integer.parseInt(parts[0]);
    return major > OLDEST[0] || (major == OLDEST[0] && Integer.parseInt(parts[1]) >= OLDEST[1]);
  }
}
