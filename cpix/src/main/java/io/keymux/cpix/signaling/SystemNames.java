package io.keymux.cpix.signaling;

import io.keymux.cpix.DrmSystem;
import java.util.Map;
import java.util.UUID;

/**
 * Names for the system identifiers that streams hold, also of systems that Keymux does not serve.
 *
 * @see "DASH-IF, Content Protection identifiers"
 */
final class SystemNames {
  private static final Map<UUID, String> NAMES =
      Map.ofEntries(
          entry(DrmSystem.WIDEVINE.systemId().toString(), "Widevine"),
          entry(DrmSystem.PLAYREADY.systemId().toString(), "PlayReady"),
          entry(DrmSystem.FAIRPLAY.systemId().toString(), "FairPlay"),
          entry("29701fe4-3cc7-4a34-8c5b-ae90c7439a47", "FairPlay (old, unofficial)"),
          entry(DrmSystem.CLEARKEY.systemId().toString(), "ClearKey (DASH-IF)"),
          entry(DrmSystem.COMMON_PSSH.toString(), "W3C common"),
          entry("5e629af5-38da-4063-8977-97ffbd9902d4", "Marlin"),
          entry("69f908af-4816-46ea-910c-cd5dcccb0a3a", "Marlin"),
          entry("adb41c24-2dbf-4a6d-958b-4457c0d27b95", "Nagra PRM 3.0"),
          entry("3d5e6d35-9b9a-41e8-b843-dd3c6e72c42c", "ChinaDRM or WisePlay"),
          entry("80a6be7e-1448-4c37-9e70-d5aebe04c8d2", "Irdeto"),
          entry("9a27dd82-fde2-4725-8cbc-4234aa06ec09", "Verimatrix VCAS"),
          entry("b4413586-c58c-ffb0-94a5-d4896c1af6c3", "Viaccess-Orca"),
          entry("a68129d3-575b-4f1a-9cba-3223846cf7c3", "VideoGuard"),
          entry("f239e769-efa3-4850-9c16-a903c6932efb", "Adobe Primetime"));

  private SystemNames() {}

  /** The name if there is one, and the identifier: {@code Widevine (edef8ba9-…)}. */
  static String describe(UUID systemId) {
    return NAMES.getOrDefault(systemId, "unknown system") + " (" + systemId + ")";
  }

  private static Map.Entry<UUID, String> entry(String systemId, String name) {
    return Map.entry(UUID.fromString(systemId), name);
  }
}
