package io.keymux.cpix.xml;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.KeyDetails;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.RequestedKey;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Makes ContentKey elements. */
final class ContentKeyElement {
  private ContentKeyElement() {}

  static JaxbContentKey of(ContentKey key, VersionCheck version) {
    JaxbContentKey element =
        attributes(key.id(), key.scheme(), key.explicitIv(), key.details(), version);
    JaxbContentKey.Secret secret = new JaxbContentKey.Secret();
    byte[] value = key.value().reveal();
    try {
      secret.plainValues.add(JaxbText.of(Base64.getEncoder().encodeToString(value)));
    } finally {
      Arrays.fill(value, (byte) 0);
    }
    JaxbContentKey.Data data = new JaxbContentKey.Data();
    data.secrets.add(secret);
    element.data.add(data);
    return element;
  }

  static JaxbContentKey of(RequestedKey key, VersionCheck version) {
    return attributes(key.id(), key.scheme(), key.explicitIv(), key.details(), version);
  }

  private static JaxbContentKey attributes(
      KeyId id,
      @Nullable ProtectionScheme scheme,
      @Nullable Bytes explicitIv,
      KeyDetails details,
      VersionCheck version) {
    JaxbContentKey element = new JaxbContentKey();
    element.kid = id.toString();
    String method = version.since(CpixVersion.V2_4, "an HLS method as scheme", details.hlsMethod());
    element.commonEncryptionScheme =
        method != null
            ? method
            : version.since(
                CpixVersion.V2_3,
                "ContentKey@commonEncryptionScheme",
                scheme == null ? null : scheme.fourCc());
    element.explicitIV =
        version.since(
            CpixVersion.V2_1,
            "ContentKey@explicitIV",
            explicitIv == null ? null : explicitIv.toBase64());
    KeyId root = details.dependsOn();
    element.dependsOnKey =
        version.since(
            CpixVersion.V2_1, "ContentKey@dependsOnKey", root == null ? null : root.toString());
    element.contentId =
        version.since(CpixVersion.V2_4, "ContentKey@contentId", details.contentId());
    addHdcp(element, details, version);
    return element;
  }

  private static void addHdcp(JaxbContentKey element, KeyDetails details, VersionCheck version) {
    String level = version.since(CpixVersion.V2_4, "HDCPData", details.hdcpLevel());
    String output = version.since(CpixVersion.V2_4, "HDCPData", details.hdcpOutputProtection());
    if (level != null || output != null) {
      JaxbContentKey.Hdcp hdcp = new JaxbContentKey.Hdcp();
      hdcp.level = level;
      hdcp.outputProtections = JaxbText.base64(output);
      element.hdcpData.add(hdcp);
    }
  }
}
