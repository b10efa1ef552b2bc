package io.keymux.cpix.xml;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.SignalingDetails;
import org.jspecify.annotations.Nullable;

/** Makes DRMSystem elements. */
final class DrmSystemElement {
  private DrmSystemElement() {}

  static JaxbDrmSystem of(DrmSignaling system, VersionCheck version) {
    SignalingDetails details = system.details();
    JaxbDrmSystem element = new JaxbDrmSystem();
    element.systemId = system.systemId().toString();
    element.kid = system.keyId().toString();
    element.name = version.since(CpixVersion.V2_1, "DRMSystem@name", details.name());
    element.hlsAllowedCpc =
        version.since(CpixVersion.V2_4, "DRMSystem@HLSAllowedCPC", details.hlsAllowedCpc());
    element.psshs = JaxbText.list(system.pssh() == null ? null : system.pssh().toBase64());
    element.contentProtections = JaxbText.base64(system.contentProtection());
    String robustness =
        version.since(CpixVersion.V2_4, "ContentProtectionData@robustness", details.robustness());
    if (robustness != null) {
      element.contentProtections.forEach(
          text -> text.attributes.put(DrmSystemReader.ROBUSTNESS, robustness));
    }
    element.uriExtXKeys =
        JaxbText.base64(version.until(CpixVersion.V2_3_1, "URIExtXKey", details.uriExtXKey()));
    addHls(element, mediaPlaylist(version), system.hlsMedia(), version);
    addHls(element, multivariantPlaylist(version), system.hlsMultivariant(), version);
    element.smoothHeaders =
        JaxbText.list(
            version.since(
                CpixVersion.V2_1, "SmoothStreamingProtectionHeaderData", system.smoothHeader()));
    element.hdsSignalings =
        JaxbText.base64(
            version.until(CpixVersion.V2_3_1, "HDSSignalingData", details.hdsSignaling()));
    return element;
  }

  private static String mediaPlaylist(VersionCheck version) {
    return version.version().isAtLeast(CpixVersion.V2_2) ? "media" : "variant";
  }

  private static String multivariantPlaylist(VersionCheck version) {
    return version.version().isAtLeast(CpixVersion.V2_4) ? "multiVariant" : "master";
  }

  private static void addHls(
      JaxbDrmSystem element, String playlist, @Nullable String line, VersionCheck version) {
    for (JaxbText text :
        JaxbText.base64(version.since(CpixVersion.V2_1, "HLSSignalingData", line))) {
      text.attributes.put(DrmSystemReader.PLAYLIST, playlist);
      element.hlsSignalings.add(text);
    }
  }
}
