package io.keymux.cpix.validation;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** A document as the rules of meaning look at it. What has a fault of form is left out. */
final class DocumentView {
  private final Element root;
  private final CpixVersion version;
  private final Direction direction;
  private final CpixProfile profile;
  private final Strictness strictness;
  private final Map<KeyId, Element> keysById = new LinkedHashMap<>();
  private final Set<KeyId> rootKeys = new HashSet<>();
  private final Set<KeyId> leafKeys = new HashSet<>();

  DocumentView(
      Element root,
      CpixProfile profile,
      CpixVersion version,
      Direction direction,
      Strictness strictness) {
    this.root = root;
    this.version = version;
    this.direction = direction;
    this.profile = profile;
    this.strictness = strictness;
    for (Element key : keys()) {
      KeyId keyId = id(key, "kid");
      KeyId above = id(key, "dependsOnKey");
      if (keyId != null) {
        keysById.putIfAbsent(keyId, key);
        if (key.hasAttribute("dependsOnKey")) {
          leafKeys.add(keyId);
        }
      }
      if (above != null) {
        rootKeys.add(above);
      }
    }
  }

  /** A response has at least one key with Data; so has every document that brings keys. */
  static Direction direction(Element root) {
    return CpixDom.entries(root, "ContentKeyList", "ContentKey").stream()
            .anyMatch(key -> !CpixDom.children(key, "Data").isEmpty())
        ? Direction.RESPONSE
        : Direction.REQUEST;
  }

  Element root() {
    return root;
  }

  CpixVersion version() {
    return version;
  }

  boolean isSpeke() {
    return profile.isSpeke();
  }

  boolean isSpekeV2() {
    return profile == CpixProfile.SPEKE_V2;
  }

  boolean isResponse() {
    return direction == Direction.RESPONSE;
  }

  List<Element> deliveries() {
    return CpixDom.entries(root, "DeliveryDataList", "DeliveryData");
  }

  List<Element> keys() {
    return CpixDom.entries(root, "ContentKeyList", "ContentKey");
  }

  List<Element> systems() {
    return CpixDom.entries(root, "DRMSystemList", "DRMSystem");
  }

  List<Element> periods() {
    return CpixDom.entries(root, "ContentKeyPeriodList", "ContentKeyPeriod");
  }

  List<Element> rules() {
    return CpixDom.entries(root, "ContentKeyUsageRuleList", "ContentKeyUsageRule");
  }

  /** The first key of each KID. */
  Map<KeyId, Element> keysById() {
    return keysById;
  }

  /** Keys that others depend on, in this document or elsewhere. */
  Set<KeyId> rootKeys() {
    return rootKeys;
  }

  Set<KeyId> leafKeys() {
    return leafKeys;
  }

  /** The UUID in an attribute, or null if it is missing or none. */
  static @Nullable KeyId id(Element element, String attribute) {
    return element.hasAttribute(attribute) ? UuidText.parse(element.getAttribute(attribute)) : null;
  }

  /** Decoded base64, as far as the strictness lets it be read; the caller overwrites it. */
  byte @Nullable [] bytes(String base64) {
    byte[] exact = Base64Text.decode(base64);
    return exact == null && strictness == Strictness.LENIENT ? Base64Text.decodeAny(base64) : exact;
  }

  /** Whether an element holds nothing but white space: a placeholder. */
  static boolean isEmpty(Element element) {
    return ValueType.collapse(element.getTextContent()).isEmpty();
  }

  /** The {@code pskc:Secret} elements of a key. */
  static List<Element> secrets(Element key) {
    return CpixDom.children(key, "Data").stream()
        .flatMap(data -> pskc(data, "Secret").stream())
        .toList();
  }

  static List<Element> pskc(Element parent, String name) {
    return CpixDom.children(parent).stream()
        .filter(
            child ->
                CpixNames.PSKC.equals(child.getNamespaceURI()) && name.equals(child.getLocalName()))
        .toList();
  }
}
