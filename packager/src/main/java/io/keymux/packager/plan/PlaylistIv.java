package io.keymux.packager.plan;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.DrmSignaling;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The IV that playlist lines name, which is then the one to encrypt with. */
final class PlaylistIv {
  private static final Pattern IV = Pattern.compile("[:,]IV=0[xX]([0-9a-fA-F]{32})(?:,|$)");

  private PlaylistIv() {}

  /**
   * @param signaling of the key, of our own making or from the key server
   * @param planned the IV that we would take, or null for the segment's number
   * @throws DrmException with code {@code iv-conflict} if a line names another IV than the job does
   */
  static @Nullable Bytes of(ContentKey key, List<DrmSignaling> signaling, @Nullable Bytes planned) {
    for (DrmSignaling system : signaling) {
      String line = system.hlsMedia();
      Matcher matcher = IV.matcher(line == null ? "" : line);
      if (matcher.find()) {
        Bytes said = Bytes.ofHex(matcher.group(1));
        if (planned != null && !planned.equals(said)) {
          throw new DrmException(
              Blame.CALLER,
              "iv-conflict",
              "The playlist line of KID %s names IV %s, the job wants %s."
                  .formatted(key.id(), said.toHex(), planned.toHex()),
              "Leave protection.iv out.");
        }
        return said;
      }
    }
    return planned;
  }
}
