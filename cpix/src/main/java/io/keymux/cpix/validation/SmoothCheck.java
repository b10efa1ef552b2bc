package io.keymux.cpix.validation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.signaling.MalformedSignalingException;
import io.keymux.cpix.signaling.PlayReadyObject;
import io.keymux.cpix.xml.CpixDom;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * SmoothStreamingProtectionHeaderData: for PlayReady, base64 of a PlayReady object, once.
 *
 * @see "DASH-IF CPIX, SmoothStreamingProtectionHeaderData"
 */
final class SmoothCheck implements Check {
  @Override
  public void run(DocumentView tree, Report report) {
    for (Element system : tree.systems()) {
      KeyId systemId = DocumentView.id(system, "systemId");
      for (Element header : CpixDom.children(system, "SmoothStreamingProtectionHeaderData")) {
        if (systemId != null
            && systemId.uuid().equals(DrmSystem.PLAYREADY.systemId())
            && !DocumentView.isEmpty(header)) {
          header(header, tree.bytes(header.getTextContent()), tree, report);
        }
      }
    }
  }

  private static void header(
      Element header, byte @Nullable [] bytes, DocumentView tree, Report report) {
    if (bytes != null && isObject(bytes)) {
      return;
    }
    byte[] again = bytes == null ? null : tree.bytes(new String(bytes, ISO_8859_1));
    if (again != null && isObject(again)) {
      report.at(
          header,
          CpixRule.SMOOTH_HEADER_TWICE,
          "The PlayReady object is in base64 twice.",
          "Encode it once: the text goes into the manifest as it is.");
    } else {
      report.at(
          header,
          CpixRule.INVALID_SMOOTH_HEADER,
          "The value is not base64 of a PlayReady object.",
          "Write the object, not the pssh box or the WRMHEADER alone.");
    }
  }

  static boolean isObject(byte[] bytes) {
    try {
      PlayReadyObject.parse(bytes);
      return true;
    } catch (MalformedSignalingException e) {
      return false;
    }
  }
}
