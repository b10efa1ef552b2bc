package io.keymux.api.keyserver.speke;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.config.OutputProtection;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Writes what SPEKE v2.1 lets a server say about how keys may be used.
 *
 * @see "DASH-IF CPIX 2.4, HDCPData, ContentProtectionData and DRMSystem elements"
 */
final class ProtectionElements {
  private ProtectionElements() {}

  /** Puts {@code HDCPData} before the value, in place of any that is there. */
  static void fillKey(Element contentKey, OutputProtection output) {
    String level = output.hdcpLevel();
    String fragment = output.hdcpOutputProtection();
    if (level == null && fragment == null) {
      return;
    }
    CpixDom.children(contentKey, "HDCPData").forEach(contentKey::removeChild);
    Element hdcp = element(contentKey, "HDCPData");
    if (level != null) {
      hdcp.setAttribute("HLSHDCPLevel", level);
    }
    if (fragment != null) {
      Element data = element(contentKey, "HDCPOutputProtectionData");
      data.setTextContent(Base64.getEncoder().encodeToString(fragment.getBytes(UTF_8)));
      hdcp.appendChild(data);
    }
    contentKey.insertBefore(hdcp, contentKey.getFirstChild());
  }

  static void fillSystem(Element drmSystem, SpekeSystem system, OutputProtection output) {
    DrmSystem drm = system.drm();
    if (drm == null) {
      return;
    }
    String robustness = output.robustness().get(drm);
    for (Element data : CpixDom.children(drmSystem, "ContentProtectionData")) {
      set(data, "robustness", robustness);
    }
    set(drmSystem, "HLSAllowedCPC", output.hlsAllowedCpc().get(drm));
  }

  private static void set(Element element, String name, @Nullable String value) {
    if (value != null) {
      element.setAttribute(name, value);
    }
  }

  private static Element element(Element beside, String name) {
    Document document = beside.getOwnerDocument();
    return document.createElementNS(CpixNames.CPIX, AnswerRoot.prefixed(beside.getPrefix(), name));
  }
}
