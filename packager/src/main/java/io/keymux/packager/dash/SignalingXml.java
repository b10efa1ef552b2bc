package io.keymux.packager.dash;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.xml.InvalidXmlException;
import io.keymux.cpix.xml.SafeXml;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * XML from DRM signalling that is known to be well-formed inside a {@code ContentProtection}
 * element of our MPD. It may come from a key server.
 *
 * <p>The prefixes {@code cenc} and {@code mspr} may go undeclared, as the MPD's root declares them
 * and key servers count on it.
 */
record SignalingXml(String text) {
  static final String CENC = "urn:mpeg:cenc:2013";
  static final String MSPR = "urn:microsoft:playready";
  private static final String MPD = "urn:mpeg:dash:schema:mpd:2011";

  private static final String START =
      "<ContentProtection xmlns=\"%s\" xmlns:cenc=\"%s\" xmlns:mspr=\"%s\">"
          .formatted(MPD, CENC, MSPR);

  /**
   * @throws DrmException with code {@code signaling-not-xml} if {@code xml} is not well-formed, has
   *     text around its elements, or has an element without a namespace of its own
   */
  static SignalingXml of(DrmSignaling signaling, String xml) {
    Element parent;
    try {
      parent =
          SafeXml.parse((START + xml + "</ContentProtection>").getBytes(UTF_8))
              .getDocumentElement();
    } catch (InvalidXmlException e) {
      throw refused(signaling, "is not well-formed (" + e.code() + ")", e);
    }
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        String namespace = element.getNamespaceURI();
        if (namespace == null || namespace.equals(MPD)) {
          throw refused(
              signaling, "has an element " + element.getTagName() + " without a namespace", null);
        }
      } else if (node.getNodeType() != Node.COMMENT_NODE && !node.getTextContent().isBlank()) {
        throw refused(signaling, "has text outside its elements", null);
      }
    }
    return new SignalingXml(xml.strip());
  }

  private static DrmException refused(
      DrmSignaling signaling, String what, @Nullable Throwable cause) {
    return new DrmException(
        DrmException.Blame.UPSTREAM,
        "signaling-not-xml",
        "The ContentProtection data of DRM system %s for KID %s %s."
            .formatted(signaling.systemId(), signaling.keyId(), what),
        "Correct the signalling in the key server or in the CPIX document.",
        cause);
  }
}
