package io.keymux.api.config;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.xml.SafeXml;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An entry of the section {@code keyServer.protection} as it is written. */
record ProtectionConfig(
    @Nullable String hdcpLevel,
    @Nullable String hdcpOutputProtection,
    @Nullable Map<String, String> robustness,
    @Nullable Map<String, String> hlsAllowedCpc) {

  /**
   * @see "RFC 8216bis, 4.4.6.2 EXT-X-STREAM-INF, HDCP-LEVEL"
   */
  private static final Set<String> LEVELS = Set.of("NONE", "TYPE-0", "TYPE-1");

  /**
   * @param trackType what the entry is for
   * @throws DrmException with code {@code invalid-config} if the level or a DRM system is none, or
   *     the fragment is no XML
   */
  OutputProtection resolve(String trackType) {
    String place = "keyServer.protection." + trackType;
    if (hdcpLevel != null && !LEVELS.contains(hdcpLevel)) {
      throw invalid(place + ".hdcpLevel is \"" + hdcpLevel + "\"", null);
    }
    if (hdcpOutputProtection != null) {
      try {
        SafeXml.parseFragment(hdcpOutputProtection);
      } catch (DrmException e) {
        throw invalid(place + ".hdcpOutputProtection is no XML: " + e.code(), e);
      }
    }
    return new OutputProtection(
        hdcpLevel,
        hdcpOutputProtection,
        bySystem(place + ".robustness", robustness),
        bySystem(place + ".hlsAllowedCpc", hlsAllowedCpc));
  }

  private static Map<DrmSystem, String> bySystem(
      String place, @Nullable Map<String, String> values) {
    Map<DrmSystem, String> found = new EnumMap<>(DrmSystem.class);
    if (values != null) {
      values.forEach((id, value) -> found.put(system(place, id), value));
    }
    return found;
  }

  private static DrmSystem system(String place, String id) {
    try {
      return DrmSystem.ofId(id);
    } catch (DrmException e) {
      throw invalid(place + " is for \"" + id + "\"", e);
    }
  }

  private static DrmException invalid(String problem, @Nullable Throwable cause) {
    return new DrmException(
        Blame.CALLER,
        "invalid-config",
        problem + ".",
        "It may hold hdcpLevel (NONE, TYPE-0, TYPE-1), hdcpOutputProtection (XML), robustness and"
            + " hlsAllowedCpc (each by widevine, playready, fairplay, clearkey).",
        cause);
  }
}
