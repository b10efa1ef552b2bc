package io.keymux.cpix.validation;

import io.keymux.cpix.xml.CpixDom;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * What SPEKE v1 has of its own: one key, and elements in its namespace.
 *
 * @see "SPEKE API specification v1, Live workflow and VOD workflow method calls"
 */
final class SpekeV1Check implements Check {
  private static final Set<String> KEY_FORMATS =
      Set.of("", "identity", "com.apple.streamingkeydelivery");

  @Override
  public void run(DocumentView tree, Report report) {
    if (!tree.isSpeke() || tree.isSpekeV2()) {
      return;
    }
    if (tree.keys().size() > 1) {
      report.at(
          tree.keys().get(1),
          CpixRule.SPEKE_ONE_KEY,
          "SPEKE v1 has one key for all tracks.",
          "Ask for one key, or use SPEKE v2.");
    }
    for (Element system : tree.systems()) {
      for (Element child : CpixDom.children(system)) {
        if (SpekeCheck.NAMESPACE.equals(child.getNamespaceURI()) && !DocumentView.isEmpty(child)) {
          value(child, tree.bytes(child.getTextContent()), report);
        }
      }
    }
  }

  private static void value(Element element, byte @Nullable [] bytes, Report report) {
    String text = bytes == null ? null : Signaling.text(bytes);
    boolean fits =
        bytes != null
            && switch (element.getLocalName()) {
              case "KeyFormat" -> text != null && KEY_FORMATS.contains(text);
              case "KeyFormatVersions" -> text != null && text.matches("[0-9]+(/[0-9]+)*");
              case "ProtectionHeader" -> SmoothCheck.isObject(bytes);
              default -> false;
            };
    if (!fits) {
      report.at(
          element,
          CpixRule.SPEKE_VALUE,
          "The value is not base64 of what SPEKE v1 has here.",
          "KeyFormat is identity or com.apple.streamingkeydelivery, KeyFormatVersions a number,"
              + " ProtectionHeader a PlayReady object; there are no others.");
    }
  }
}
