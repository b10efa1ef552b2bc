package io.keymux.cpix.signaling;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.InvalidXmlException;
import io.keymux.cpix.xml.SafeXml;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Reads a WRMHEADER, also one that is not canonical: what peers wrote is to be shown. */
final class PlayReadyHeaderReader {
  /** A header cannot be longer: the length of its record has 16 bits, a character two bytes. */
  private static final int MAX_CHARS = 32_767;

  private PlayReadyHeaderReader() {}

  static PlayReadyHeader read(String xml) {
    if (xml.length() > MAX_CHARS) {
      throw MalformedSignalingException.playReadyHeader(
          "it has %d characters, more than %d".formatted(xml.length(), MAX_CHARS));
    }
    if (xml.startsWith("\ufeff")) {
      throw MalformedSignalingException.playReadyHeader(
          "it starts with a byte order mark, which PlayReady forbids");
    }
    if (xml.startsWith("<?xml")) {
      throw MalformedSignalingException.playReadyHeader(
          "it starts with an XML declaration, which PlayReady forbids");
    }
    Element root = root(xml);
    if (!"WRMHEADER".equals(root.getLocalName())
        || !PlayReadyHeader.NAMESPACE.equals(root.getNamespaceURI())) {
      throw MalformedSignalingException.playReadyHeader(
          "the root is "
              + Printable.quote("{" + root.getNamespaceURI() + "}" + root.getLocalName()));
    }
    PlayReadyHeader.Version version = version(root.getAttribute("version"));
    Element data = require(root, "DATA");
    List<PlayReadyHeader.Key> keys =
        switch (version) {
          case V4_0 -> List.of(keyV40(data));
          case V4_1 -> List.of(key(require(require(data, "PROTECTINFO"), "KID")));
          case V4_2, V4_3 -> keys(require(require(data, "PROTECTINFO"), "KIDS"));
        };
    return new PlayReadyHeader(version, keys, text(data, "LA_URL"), text(data, "LUI_URL"));
  }

  private static PlayReadyHeader.Version version(String attribute) {
    for (PlayReadyHeader.Version version : PlayReadyHeader.Version.values()) {
      if (version.attribute().equals(attribute)) {
        return version;
      }
    }
    throw MalformedSignalingException.playReadyHeader(
        "version " + Printable.quote(attribute) + " is not 4.0.0.0 to 4.3.0.0");
  }

  private static PlayReadyHeader.Key keyV40(Element data) {
    Element protectInfo = child(data, "PROTECTINFO");
    String algId = protectInfo == null ? null : text(protectInfo, "ALGID");
    String checksum = text(data, "CHECKSUM");
    return new PlayReadyHeader.Key(
        keyId(require(data, "KID").getTextContent()),
        algId,
        checksum == null ? null : base64("CHECKSUM", checksum));
  }

  private static List<PlayReadyHeader.Key> keys(Element kids) {
    List<PlayReadyHeader.Key> keys = new ArrayList<>();
    for (Node node = kids.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && "KID".equals(element.getLocalName())) {
        keys.add(key(element));
      }
    }
    if (keys.isEmpty()) {
      throw MalformedSignalingException.playReadyHeader("KIDS is empty");
    }
    return keys;
  }

  private static PlayReadyHeader.Key key(Element kid) {
    return new PlayReadyHeader.Key(
        keyId(kid.getAttribute("VALUE")),
        kid.hasAttribute("ALGID") ? kid.getAttribute("ALGID") : null,
        kid.hasAttribute("CHECKSUM") ? base64("CHECKSUM", kid.getAttribute("CHECKSUM")) : null);
  }

  private static KeyId keyId(String text) {
    Bytes guid = base64("KID", text);
    if (guid.size() != KeyId.SIZE_BYTES) {
      throw MalformedSignalingException.playReadyHeader(
          "KID %s has %d bytes, not %d"
              .formatted(Printable.quote(text), guid.size(), KeyId.SIZE_BYTES));
    }
    // The order is its own inverse.
    return KeyId.ofBytes(KeyId.ofBytes(guid.toArray()).toGuidBytes());
  }

  private static Bytes base64(String name, String text) {
    try {
      return Bytes.copyOf(Base64.getDecoder().decode(text.strip()));
    } catch (IllegalArgumentException e) {
      throw MalformedSignalingException.playReadyHeader(
          name + " " + Printable.quote(text) + " is not base64", e);
    }
  }

  private static @Nullable String text(Element parent, String name) {
    Element child = child(parent, name);
    return child == null ? null : child.getTextContent();
  }

  private static Element require(Element parent, String name) {
    Element child = child(parent, name);
    if (child == null) {
      throw MalformedSignalingException.playReadyHeader(parent.getLocalName() + " has no " + name);
    }
    return child;
  }

  private static @Nullable Element child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && name.equals(element.getLocalName())) {
        return element;
      }
    }
    return null;
  }

  private static Element root(String xml) {
    try {
      return SafeXml.parse(xml.getBytes(StandardCharsets.UTF_8)).getDocumentElement();
    } catch (InvalidXmlException e) {
      throw MalformedSignalingException.playReadyHeader(
          "it is not usable XML (" + e.code() + ")", e);
    }
  }
}
