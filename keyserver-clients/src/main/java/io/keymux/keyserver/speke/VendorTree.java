package io.keymux.keyserver.speke;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.KeyRequest;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import io.keymux.cpix.xml.SafeXml;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The tree of a vendor's answer, made such that a reader of CPIX takes it. */
final class VendorTree {
  /** The lists of a document and what stands in each. */
  private static final Map<String, String> ENTRIES =
      Map.of(
          "DeliveryDataList", "DeliveryData",
          "ContentKeyList", "ContentKey",
          "DRMSystemList", "DRMSystem",
          "ContentKeyPeriodList", "ContentKeyPeriod",
          "ContentKeyUsageRuleList", "ContentKeyUsageRule",
          "UpdateHistoryItemList", "UpdateHistoryItem");

  /** A colon is no digit of base64, so there is only one way to read such a text. */
  private static final Pattern PLAIN_URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:\\S*");

  private VendorTree() {}

  /**
   * Takes out the elements that CPIX has no place for, and encodes URIs that stand there as they
   * are. Usage rules are left alone: an element there may be a filter, which must not be lost.
   */
  static void tidy(Document tree) {
    Element root = tree.getDocumentElement();
    for (Element child : CpixDom.children(root)) {
      String entry = isCpix(child) ? ENTRIES.get(child.getLocalName()) : null;
      if (entry != null) {
        CpixDom.children(child).stream()
            .filter(item -> !isCpix(item) || !entry.equals(item.getLocalName()))
            .forEach(child::removeChild);
      } else if (!CpixNames.XMLDSIG.equals(child.getNamespaceURI())) {
        root.removeChild(child);
      }
    }
    for (Element system : CpixDom.entries(root, "DRMSystemList", "DRMSystem")) {
      CpixDom.children(system, "URIExtXKey").forEach(VendorTree::encode);
    }
  }

  private static void encode(Element uri) {
    String text = uri.getTextContent().strip();
    if (PLAIN_URI.matcher(text).matches()) {
      uri.setTextContent(Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
    }
  }

  private static boolean isCpix(Element element) {
    return CpixNames.CPIX.equals(element.getNamespaceURI());
  }

  /**
   * The KID at the place that {@code fault} names, with the track type if it is one of {@code
   * request}; empty if there is none.
   */
  static String keyAt(Document tree, DrmException fault, KeyRequest request) {
    Element root = tree.getDocumentElement();
    return Stream.of("ContentKeyList", "DRMSystemList", "ContentKeyUsageRuleList")
        .flatMap(list -> CpixDom.children(root, list).stream())
        .flatMap(list -> CpixDom.children(list).stream())
        .filter(entry -> fault.problem().matches(at(entry)))
        .findFirst()
        .map(entry -> describe(root, entry, request))
        .orElse("");
  }

  private static String at(Element entry) {
    return "(?s)" + Pattern.quote(SafeXml.path(entry)) + "[/: ].*";
  }

  private static String describe(Element root, Element entry, KeyRequest request) {
    String kid = entry.getAttribute("kid");
    List<String> types =
        CpixDom.entries(root, "ContentKeyUsageRuleList", "ContentKeyUsageRule").stream()
            .filter(rule -> rule.getAttribute("kid").equalsIgnoreCase(kid))
            .map(rule -> rule.getAttribute("intendedTrackType"))
            .filter(type -> isAsked(type, request))
            .map(type -> "\"" + type + "\"")
            .distinct()
            .toList();
    String rules = types.isEmpty() ? "" : ", for usage rule " + String.join(" and ", types);
    try {
      return ", KID " + KeyId.parse(kid.strip()) + rules;
    } catch (DrmException e) {
      return rules;
    }
  }

  private static boolean isAsked(String type, KeyRequest request) {
    return request.rules().stream().anyMatch(rule -> rule.intendedTrackType().equals(type));
  }
}
