package io.keymux.testvectors.oracle;

import io.keymux.testvectors.judge.KeyRing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Shaka Packager: its decrypter as an oracle, and its packager for assets of others. */
public final class ShakaPackager {
  private static final Tool TOOL =
      Tool.find(
          "Shaka Packager",
          "SHAKA_PACKAGER",
          true,
          "packager",
          "shaka-packager",
          "node_modules/shaka-packager/bin/packager-linux-x64",
          "node_modules/shaka-packager/bin/packager-linux-arm64");

  private ShakaPackager() {}

  /** Skips or fails the test if the packager is missing. */
  public static void require() {
    TOOL.require();
  }

  /**
   * Decrypts one track.
   *
   * @param joined init segment and media segments in one file
   * @param stream {@code video} or {@code audio}
   * @param out is written
   * @return the tool's complaint, empty if it ended well
   */
  public static String decrypt(Path joined, String stream, Path out, KeyRing keys)
      throws IOException {
    String ring =
        keys.toMap().entrySet().stream()
            .map(
                key ->
                    "label=L"
                        + key.getKey().toHex()
                        + ":key_id="
                        + key.getKey().toHex()
                        + ":key="
                        + key.getValue())
            .collect(Collectors.joining(","));
    Tool.Outcome outcome =
        TOOL.run(
            null,
            List.of(
                "in=" + joined + ",stream=" + stream + ",output=" + out,
                "--enable_raw_key_decryption",
                "--keys",
                ring));
    return outcome.exit() == 0 ? "" : outcome.errors();
  }

  /** Packages by the tool's own arguments; paths among them are absolute. */
  public static void pack(List<String> arguments) throws IOException {
    Tool.Outcome outcome = TOOL.run(null, arguments);
    if (outcome.exit() != 0) {
      throw new AssertionError(outcome.errors());
    }
  }
}
