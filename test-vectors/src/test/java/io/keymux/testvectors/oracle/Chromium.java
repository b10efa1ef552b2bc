package io.keymux.testvectors.oracle;

import java.nio.file.Path;

/** The browser of the playback tests. */
public final class Chromium {
  private static final Tool TOOL =
      Tool.find("Chromium", "CHROMIUM", true, "chromium", "chromium-browser", "google-chrome");

  private Chromium() {}

  /** Skips or fails the test if there is none. */
  public static Path require() {
    return TOOL.require();
  }
}
