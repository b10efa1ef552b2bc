package io.keymux.testvectors.oracle;

import io.keymux.testvectors.judge.KeyRing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** GPAC's decrypter as an oracle. It is only used where it is present. */
public final class Gpac {
  private static final Tool TOOL =
      Tool.find(
          "MP4Box",
          "MP4BOX",
          false,
          "MP4Box",
          Optional.ofNullable(System.getenv("GPAC"))
              .map(gpac -> Path.of(gpac).resolveSibling("MP4Box").toString())
              .orElse("gpac/bin/MP4Box"));

  private Gpac() {}

  public static boolean isPresent() {
    return TOOL.isPresent();
  }

  /**
   * Decrypts all tracks of {@code joined} into {@code out}.
   *
   * @return the tool's complaint, empty if it ended well
   */
  public static String decrypt(Path joined, Path out, KeyRing keys) throws IOException {
    StringBuilder xml = new StringBuilder("<GPACDRM><CrypTrack trackID=\"0\" IsEncrypted=\"1\">");
    keys.toMap()
        .forEach(
            (id, key) ->
                xml.append("<key KID=\"0x")
                    .append(id.toHex())
                    .append("\" value=\"0x")
                    .append(key)
                    .append("\"/>"));
    Path drm = out.resolveSibling(out.getFileName() + ".xml");
    Files.writeString(drm, xml.append("</CrypTrack></GPACDRM>"));
    Tool.Outcome outcome =
        TOOL.run(
            null, List.of("-decrypt", drm.toString(), joined.toString(), "-out", out.toString()));
    return outcome.exit() == 0 ? "" : outcome.errors();
  }
}
