package io.keymux.api.bench;

import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.TrackType;
import io.keymux.packager.output.OutputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The file that tells GPAC how to encrypt: one entry for each track ID over all inputs. */
final class GpacConfiguration {
  private GpacConfiguration() {}

  static Path write(Path folder, ProtectionScheme scheme, List<BenchInputs.Stream> streams) {
    Map<Integer, TrackType> types = new LinkedHashMap<>();
    streams.forEach(stream -> types.putIfAbsent(stream.trackId(), stream.type()));
    boolean cbcs = scheme == ProtectionScheme.CBCS;
    StringBuilder xml = new StringBuilder();
    xml.append("<GPACDRM type=\"CENC AES-").append(cbcs ? "CBC Pattern" : "CTR").append("\">");
    types.forEach((id, type) -> xml.append(track(id, type, cbcs)));
    xml.append("</GPACDRM>\n");
    Path file = folder.resolve("gpac-" + scheme.fourCc() + ".xml");
    try {
      return Files.writeString(file, xml);
    } catch (IOException e) {
      throw OutputException.of(file.toString(), e);
    }
  }

  private static String track(int id, TrackType type, boolean cbcs) {
    boolean pattern = type == TrackType.VIDEO;
    String iv =
        cbcs
            ? "constant_IV_size=\"16\" constant_IV=\"0x%s\" crypt_byte_block=\"%d\" skip_byte_block=\"%d\""
                .formatted(TestKey.IV16, pattern ? 1 : 0, pattern ? 9 : 0)
            : "IV_size=\"8\" first_IV=\"0x" + TestKey.IV8 + "\"";
    return "<CrypTrack trackID=\"%d\" IsEncrypted=\"1\" %s saiSavedBox=\"senc\"><key KID=\"0x%s\" value=\"0x%s\"/></CrypTrack>"
        .formatted(id, iv, TestKey.KID, TestKey.KEY);
  }
}
