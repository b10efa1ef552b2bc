package io.keymux.api.keyserver.speke;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A SPEKE request that was checked and can be answered.
 *
 * @param root of the request's document, which becomes the answer
 * @param keys in the order of the document
 * @param contract empty in version 1
 * @see "SPEKE API specification, Payload components"
 */
record SpekeRequest(
    SpekeVersion version,
    Element root,
    String contentId,
    Map<KeyId, AskedKey> keys,
    List<AskedSystem> systems,
    List<ContractRule> contract) {
  private static final int MAX_KEYS = 64;
  private static final Pattern KEY_ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern CONTENT_ID = Pattern.compile("[^\\p{Cntrl}]{1,256}");

  /**
   * @param element the {@code DRMSystem}
   */
  record AskedSystem(Element element, SpekeSystem system, KeyId keyId) {}

  /** Whether it names recipients, who get the keys encrypted. */
  boolean encrypted() {
    return !CpixDom.entries(root, "DeliveryDataList", "DeliveryData").isEmpty();
  }

  static boolean isKeyId(String text) {
    return KEY_ID.matcher(text).matches();
  }

  /**
   * @throws SpekeRefusal with the text that the specification has for what is wrong
   */
  static SpekeRequest check(SpekeVersion version, Document document) {
    Element root = document.getDocumentElement();
    if (!"CPIX".equals(root.getLocalName()) || !CpixNames.CPIX.equals(root.getNamespaceURI())) {
      throw new SpekeRefusal("The body is not a CPIX document");
    }
    String contentId = contentId(version, root);
    requireVersion(version, root);
    requireUnsigned(root);
    Map<KeyId, AskedKey> keys = keys(version, root);
    List<AskedSystem> systems = systems(version, root, keys.values());
    for (AskedSystem asked : systems) {
      AskedKey key = keys.get(asked.keyId());
      if (key == null) {
        throw new SpekeRefusal("DRMSystem@kid without a ContentKey");
      }
      if (asked.system() == SpekeSystem.FAIRPLAY) {
        keys.put(asked.keyId(), key.withIv());
      }
    }
    List<ContractRule> contract =
        version == SpekeVersion.V1 ? List.of() : EncryptionContract.check(root, keys.keySet());
    return new SpekeRequest(version, root, contentId, keys, systems, contract);
  }

  /** Version 1 has it in {@code id}. */
  private static String contentId(SpekeVersion version, Element root) {
    String name = version == SpekeVersion.V1 ? "id" : "contentId";
    String contentId =
        CpixDom.attribute(root, name).orElseThrow(() -> new SpekeRefusal("Missing CPIX@" + name));
    if (!CONTENT_ID.matcher(contentId).matches()) {
      throw new SpekeRefusal("Unsupported CPIX@" + name);
    }
    return contentId;
  }

  private static void requireVersion(SpekeVersion version, Element root) {
    if (version == SpekeVersion.V1) {
      return;
    }
    Optional<String> stated = CpixDom.attribute(root, "version");
    if (stated.isEmpty()) {
      throw new SpekeRefusal("Missing CPIX@version");
    }
    if (!stated.get().equals(version.cpix())) {
      throw new SpekeRefusal("Unsupported CPIX@version");
    }
  }

  /** SPEKE has no signatures, and one would not hold for the answer. */
  private static void requireUnsigned(Element root) {
    for (Element child : CpixDom.children(root)) {
      if (CpixNames.XMLDSIG.equals(child.getNamespaceURI())) {
        throw new SpekeRefusal("Signed documents are not supported");
      }
    }
  }

  private static Map<KeyId, AskedKey> keys(SpekeVersion version, Element root) {
    Map<KeyId, AskedKey> keys = new LinkedHashMap<>();
    String scheme = null;
    for (Element element : CpixDom.entries(root, "ContentKeyList", "ContentKey")) {
      AskedKey key = AskedKey.of(version, element);
      if (keys.put(key.id(), key) != null) {
        throw new SpekeRefusal("Repeated ContentKey@kid");
      }
      if (scheme != null && !scheme.equals(key.scheme())) {
        throw new SpekeRefusal("Non compliant ContentKey@commonEncryptionScheme combination");
      }
      scheme = key.scheme();
    }
    if (keys.isEmpty() || keys.size() > MAX_KEYS) {
      throw new SpekeRefusal("From 1 to " + MAX_KEYS + " ContentKey elements are supported");
    }
    return keys;
  }

  private static List<AskedSystem> systems(
      SpekeVersion version, Element root, Collection<AskedKey> keys) {
    String text = keys.iterator().next().scheme();
    KeyScheme scheme = KeyScheme.of(text, version);
    List<AskedSystem> systems = new ArrayList<>();
    for (Element element : CpixDom.entries(root, "DRMSystemList", "DRMSystem")) {
      String systemId = element.getAttribute("systemId").strip();
      SpekeSystem system = SpekeSystem.of(systemId, version);
      if (version != SpekeVersion.V1 && !system.takes(scheme)) {
        throw new SpekeRefusal(
            "ContentKey@commonEncryptionScheme non compatible with DRMSystem " + systemId);
      }
      String kid = element.getAttribute("kid").strip();
      if (!isKeyId(kid)) {
        throw new SpekeRefusal("DRMSystem@kid without a ContentKey");
      }
      systems.add(new AskedSystem(element, system, KeyId.parse(kid)));
    }
    if (systems.isEmpty()) {
      throw new SpekeRefusal("Missing DRMSystem");
    }
    return systems;
  }
}
