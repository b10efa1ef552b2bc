package io.keymux.cpix.validation;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * DRM systems of a SPEKE document.
 *
 * @see "SPEKE API specification v2, DRMSystem"
 */
final class SpekeSystemCheck implements Check {
  private static final Set<String> ANY_COMMON =
      Set.of("cenc", "cbcs", "SAMPLE-AES", "SAMPLE-AES-CTR");
  private static final Map<UUID, Set<String>> SCHEMES =
      Map.of(
          DrmSystem.WIDEVINE.systemId(),
          ANY_COMMON,
          DrmSystem.PLAYREADY.systemId(),
          ANY_COMMON,
          DrmSystem.FAIRPLAY.systemId(),
          Set.of("cbcs", "SAMPLE-AES"),
          DrmSystem.AES_128.systemId(),
          Set.of("cbc1", "AES-128"));

  @Override
  public void run(DocumentView tree, Report report) {
    if (!tree.isSpeke()) {
      return;
    }
    count(tree, report);
    leftovers(tree.root(), report);
    for (Element system : tree.systems()) {
      KeyId systemId = DocumentView.id(system, "systemId");
      KeyId keyId = DocumentView.id(system, "kid");
      Element key = keyId == null ? null : tree.keysById().get(keyId);
      if (systemId != null && key != null) {
        scheme(system, systemId, key, report);
      }
      if (CpixDom.children(system, "HLSSignalingData").size() == 1) {
        report.at(
            system,
            CpixRule.SPEKE_HLS_PAIR,
            "The system has HLSSignalingData for one playlist only.",
            "Ask for both playlists, media and master, or for none.");
      }
      if (tree.isResponse()
          && systemId != null
          && systemId.uuid().equals(DrmSystem.FAIRPLAY.systemId())) {
        fairPlay(system, key, report);
      }
    }
  }

  /** Every system has every key: as many elements as keys times systems. */
  private static void count(DocumentView tree, Report report) {
    Set<KeyId> systemIds = new TreeSet<>();
    Set<List<KeyId>> present = new HashSet<>();
    for (Element system : tree.systems()) {
      KeyId systemId = DocumentView.id(system, "systemId");
      KeyId keyId = DocumentView.id(system, "kid");
      if (systemId != null && keyId != null) {
        systemIds.add(systemId);
        present.add(List.of(systemId, keyId));
      }
    }
    for (Element list : CpixDom.children(tree.root(), "DRMSystemList")) {
      for (KeyId systemId : systemIds) {
        for (KeyId keyId : tree.keysById().keySet()) {
          if (!present.contains(List.of(systemId, keyId))) {
            report.at(
                list,
                CpixRule.SPEKE_SYSTEM_COUNT,
                "System %s has no DRMSystem for KID %s.".formatted(systemId, keyId),
                "Add one: every system gets every key.");
          }
        }
      }
    }
  }

  private static void scheme(Element system, KeyId systemId, Element key, Report report) {
    String scheme = key.getAttribute("commonEncryptionScheme");
    Set<String> played = SCHEMES.get(systemId.uuid());
    if (!scheme.isBlank() && played != null && !played.contains(scheme)) {
      report.at(
          system,
          "systemId",
          CpixRule.SPEKE_SCHEME_OF_SYSTEM,
          "The system does not take scheme \"" + Quoted.shortened(scheme) + "\" of its key.",
          "Use one of " + String.join(", ", new TreeSet<>(played)) + ".");
    }
  }

  private static void fairPlay(Element system, @Nullable Element key, Report report) {
    CpixDom.children(system, "ContentProtectionData")
        .forEach(
            data ->
                report.at(
                    data,
                    CpixRule.SPEKE_FAIRPLAY_CONTENT_PROTECTION,
                    "FairPlay has no ContentProtectionData.",
                    "Leave it out of the response."));
    if (key != null && !key.hasAttribute("explicitIV")) {
      report.at(
          key,
          "explicitIV",
          CpixRule.SPEKE_FAIRPLAY_IV,
          "FairPlay gets the IV with the key, but the response has none for the packager.",
          "Return the IV at every key of FairPlay.");
    }
  }

  private static void leftovers(Element element, Report report) {
    String remedy = "Remove it: SPEKE v2 has elements of CPIX for it.";
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Node attribute = attributes.item(i);
      if (attribute.getNodeName().startsWith("xmlns")
          && SpekeCheck.NAMESPACE.equals(attribute.getNodeValue())) {
        report.at(
            element,
            CpixRule.SPEKE_V1_LEFTOVER,
            "The namespace of SPEKE v1 is declared.",
            "Remove the declaration: packagers refuse it.");
      }
    }
    for (Element child : CpixDom.children(element)) {
      boolean keyUri = "URIExtXKey".equals(child.getLocalName());
      if (keyUri || SpekeCheck.NAMESPACE.equals(child.getNamespaceURI())) {
        report.at(child, CpixRule.SPEKE_V1_LEFTOVER, "The element is of SPEKE v1.", remedy);
      } else {
        leftovers(child, report);
      }
    }
  }
}
