package io.keymux.cpix.validation;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.cpix.box.PsshBox;
import io.keymux.cpix.xml.CpixDom;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * PSSH and ContentProtectionData, which must hold the same pssh.
 *
 * @see "DASH-IF CPIX, PSSH and ContentProtectionData"
 * @see "ISO/IEC 23001-7, cenc:pssh in an MPD"
 */
final class PsshCheck implements Check {
  private static final String CENC = "urn:mpeg:cenc:2013";

  @Override
  public void run(DocumentView tree, Report report) {
    for (Element system : tree.systems()) {
      byte[] box = null;
      for (Element pssh : CpixDom.children(system, "PSSH")) {
        byte[] bytes = DocumentView.isEmpty(pssh) ? null : tree.bytes(pssh.getTextContent());
        if (bytes != null && isBox(system, pssh, bytes, report)) {
          box = bytes;
        }
      }
      for (Element protection : CpixDom.children(system, "ContentProtectionData")) {
        byte[] bytes =
            DocumentView.isEmpty(protection) ? null : tree.bytes(protection.getTextContent());
        if (bytes != null) {
          protection(protection, bytes, box, report);
        }
      }
    }
  }

  private static boolean isBox(Element system, Element element, byte[] bytes, Report report) {
    PsshBox box;
    try {
      box = PsshBox.parse(bytes);
    } catch (MalformedBoxException e) {
      report.at(
          element,
          CpixRule.INVALID_PSSH,
          "The value is not one whole pssh box.",
          "Write the box with its header, not its data alone.");
      return false;
    }
    KeyId systemId = DocumentView.id(system, "systemId");
    if (systemId != null
        && !box.systemId().equals(systemId.uuid())
        && !box.systemId().equals(DrmSystem.COMMON_PSSH)) {
      report.at(
          element,
          CpixRule.PSSH_OF_OTHER_SYSTEM,
          "The box is of system %s, not of %s.".formatted(box.systemId(), systemId),
          "Correct the systemId or the box.");
    }
    KeyId keyId = DocumentView.id(system, "kid");
    if (keyId != null && !box.keyIds().isEmpty() && !box.keyIds().contains(keyId)) {
      report.at(
          element,
          CpixRule.PSSH_OF_OTHER_KEY,
          "The box lists KIDs, but not " + keyId + ".",
          "Correct the kid or the box.");
    }
    return true;
  }

  private static void protection(
      Element element, byte[] bytes, byte @Nullable [] box, Report report) {
    List<Element> fragment = Signaling.fragment(bytes);
    if (fragment == null) {
      report.at(
          element,
          CpixRule.INVALID_CONTENT_PROTECTION,
          "The decoded value is not an XML fragment in UTF-8 without byte order mark.",
          "Encode the elements that stand in ContentProtection of the MPD.");
      return;
    }
    for (Element child : fragment) {
      if (CENC.equals(child.getNamespaceURI())
          && "pssh".equals(child.getLocalName())
          && box != null
          && !Arrays.equals(box, Base64Text.decode(child.getTextContent()))) {
        report.at(
            element,
            CpixRule.CONTENT_PROTECTION_PSSH,
            "Its cenc:pssh is not the box in PSSH.",
            "Write the same box in both.");
      }
    }
  }
}
