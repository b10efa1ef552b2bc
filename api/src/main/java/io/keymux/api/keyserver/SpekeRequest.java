package io.keymux.api.keyserver;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A SPEKE v2.0 request that was checked and can be answered.
 *
 * @param root of the request's document
 * @see "SPEKE API specification v2.0"
 */
record SpekeRequest(
    Element root, String contentId, ProtectionScheme scheme, Set<KeyId> keyIds, boolean fairPlay) {
  private static final int MAX_KEYS = 64;
  private static final Pattern KEY_ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern CONTENT_ID = Pattern.compile("[\\x21-\\x7e]{1,256}");

  static boolean isKeyId(String text) {
    return KEY_ID.matcher(text).matches();
  }

  /**
   * @throws SpekeRefusal with the text that the specification has for what is wrong
   */
  static SpekeRequest check(Document document) {
    Element root = document.getDocumentElement();
    if (!"CPIX".equals(root.getLocalName()) || !CpixNames.CPIX.equals(root.getNamespaceURI())) {
      throw new SpekeRefusal("The body is not a CPIX document");
    }
    String contentId =
        CpixDom.attribute(root, "contentId")
            .orElseThrow(() -> new SpekeRefusal("Missing CPIX@contentId"));
    if (!CONTENT_ID.matcher(contentId).matches()) {
      throw new SpekeRefusal("Unsupported CPIX@contentId");
    }
    String version =
        CpixDom.attribute(root, "version")
            .orElseThrow(() -> new SpekeRefusal("Missing CPIX@version"));
    if (!version.equals("2.3")) {
      throw new SpekeRefusal("Unsupported CPIX@version");
    }
    if (!CpixDom.entries(root, "DeliveryDataList", "DeliveryData").isEmpty()) {
      throw new SpekeRefusal("Encrypted content keys are not supported");
    }
    List<Element> keys = CpixDom.entries(root, "ContentKeyList", "ContentKey");
    Set<KeyId> ids = keyIds(keys);
    ProtectionScheme scheme = scheme(keys);
    boolean fairPlay = requireSystems(root, ids, scheme);
    SpekeContract.check(root, ids);
    return new SpekeRequest(root, contentId, scheme, ids, fairPlay);
  }

  private static Set<KeyId> keyIds(List<Element> keys) {
    Set<KeyId> ids = new LinkedHashSet<>();
    for (Element key : keys) {
      String kid = key.getAttribute("kid").strip();
      if (!isKeyId(kid) || !ids.add(KeyId.parse(kid))) {
        throw new SpekeRefusal("Malformed or repeated ContentKey@kid");
      }
    }
    if (ids.isEmpty() || ids.size() > MAX_KEYS) {
      throw new SpekeRefusal("From 1 to " + MAX_KEYS + " ContentKey elements are supported");
    }
    return ids;
  }

  private static ProtectionScheme scheme(List<Element> keys) {
    Set<String> schemes = new HashSet<>();
    for (Element key : keys) {
      schemes.add(
          CpixDom.attribute(key, "commonEncryptionScheme")
              .orElseThrow(
                  () ->
                      new SpekeRefusal(
                          "Missing ContentKey@commonEncryptionScheme for KID "
                              + key.getAttribute("kid").strip())));
    }
    String only = schemes.iterator().next();
    for (ProtectionScheme scheme : ProtectionScheme.values()) {
      if (schemes.size() == 1 && scheme.fourCc().equals(only)) {
        return scheme;
      }
    }
    throw new SpekeRefusal("Non compliant ContentKey@commonEncryptionScheme combination");
  }

  /** Whether FairPlay is among them. */
  private static boolean requireSystems(Element root, Set<KeyId> ids, ProtectionScheme scheme) {
    boolean fairPlay = false;
    for (Element element : CpixDom.entries(root, "DRMSystemList", "DRMSystem")) {
      String systemId = element.getAttribute("systemId").strip();
      DrmSystem system =
          isKeyId(systemId)
              ? DrmSystem.of(UUID.fromString(systemId.toLowerCase(Locale.ROOT)))
              : null;
      if (system == null) {
        throw new SpekeRefusal("Unsupported DRMSystem@systemId");
      }
      if (!system.plays(scheme)) {
        throw new SpekeRefusal(
            "ContentKey@commonEncryptionScheme non compatible with DRMSystem " + systemId);
      }
      String kid = element.getAttribute("kid").strip();
      if (!isKeyId(kid) || !ids.contains(KeyId.parse(kid))) {
        throw new SpekeRefusal("DRMSystem@kid without a ContentKey");
      }
      fairPlay |= system == DrmSystem.FAIRPLAY;
    }
    return fairPlay;
  }
}
