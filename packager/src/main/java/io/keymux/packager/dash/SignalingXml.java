package io.keymux.packager.dash;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSignaling;
import io.keymux.cpix.xml.InvalidXmlException;
import io.keymux.cpix.xml.SafeXml;
import java.util.List;
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
  static final String MPD = "urn:mpeg:dash:schema:mpd:2011";

  private static final String START =
      "<ContentProtection xmlns='" + MPD + "' xmlns:cenc='" + CENC + "' xmlns:mspr='" + MSPR + "'>";

  private static final List<String> PLAIN =
      List.of(
          "cenc:pssh",
          "cenc:pssh xmlns:cenc=\"" + CENC + "\"",
          "mspr:pro",
          "mspr:pro xmlns:mspr=\"" + MSPR + "\"");

  /**
   * @throws DrmException with code {@code signaling-not-xml} if {@code xml} is not well-formed, has
   *     text around its elements, or has an element without a namespace of its own
   */
  static SignalingXml of(DrmSignaling signaling, String xml) {
    if (isPlain(xml)) {
      return new SignalingXml(xml);
    }
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

  /**
   * Whether it is nothing but {@code cenc:pssh} and {@code mspr:pro} elements with base64 text, as
   * nearly all of it is. Starting an XML parser to see that takes longer than writing the MPD.
   */
  private static boolean isPlain(String xml) {
    int at = 0;
    while (at < xml.length()) {
      int next = endOfPlain(xml, at);
      if (next < 0) {
        return false;
      }
      at = next;
    }
    return at > 0;
  }

  /** Behind the plain element at {@code start}, or -1 if there is none. */
  private static int endOfPlain(String xml, int start) {
    for (String tag : PLAIN) {
      if (xml.startsWith(tag + ">", start + 1) && xml.charAt(start) == '<') {
        int at = start + tag.length() + 2;
        while (at < xml.length() && isBase64(xml.charAt(at))) {
          at++;
        }
        String end = "</" + tag.split(" ", 2)[0] + ">";
        return xml.startsWith(end, at) ? at + end.length() : -1;
      }
    }
    return -1;
  }

  private static boolean isBase64(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/'
        || c == '=';
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
