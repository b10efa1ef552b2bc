package io.keymux.cpix.validation;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * The version of the document, and what refers to the update history or is signed.
 *
 * @see "DASH-IF CPIX, UpdateHistoryItem and Digital signatures"
 */
final class ReferenceCheck implements Check {
  @Override
  public void run(DocumentView tree, Report report) {
    version(tree, report);
    updates(tree, report);
    for (Element child : CpixDom.children(tree.root())) {
      if (isSignature(child, "Signature")) {
        descend(child, "SignedInfo")
            .forEach(
                info ->
                    descend(info, "Reference")
                        .forEach(reference -> signed(reference, tree.root(), report)));
      }
    }
  }

  private static void version(DocumentView tree, Report report) {
    String text = tree.root().getAttribute("version");
    CpixVersion version = tree.version();
    boolean fits =
        text.equals(version.text())
            || (version == CpixVersion.V2_3_1 && text.equals(CpixVersion.V2_3.text()));
    if (tree.root().hasAttribute("version") && version.isAtLeast(CpixVersion.V2_3) && !fits) {
      report.at(
          tree.root(),
          "version",
          CpixRule.VERSION_MISMATCH,
          "The document says version \"%s\", the profile is of %s."
              .formatted(Quoted.shortened(text), version.text()),
          "Choose the profile of the document's version.");
    }
  }

  private static void updates(DocumentView tree, Report report) {
    Set<String> known = new HashSet<>();
    CpixDom.entries(tree.root(), "UpdateHistoryItemList", "UpdateHistoryItem")
        .forEach(item -> known.add(number(item)));
    for (Element list : CpixDom.children(tree.root())) {
      update(list, known, report);
    }
    tree.deliveries().forEach(element -> update(element, known, report));
    tree.systems().forEach(element -> update(element, known, report));
  }

  private static void update(Element element, Set<String> known, Report report) {
    if (element.hasAttribute("updateVersion") && !known.contains(number(element))) {
      report.at(
          element,
          "updateVersion",
          CpixRule.UNKNOWN_UPDATE_VERSION,
          "No UpdateHistoryItem has this updateVersion.",
          "Add the item or correct the number.");
    }
  }

  private static String number(Element element) {
    return ValueType.collapse(element.getAttribute("updateVersion"))
        .replaceFirst("^[+]?0*(?=[0-9])", "");
  }

  private static void signed(Element reference, Element root, Report report) {
    String uri = reference.getAttribute("URI");
    boolean whole = reference.hasAttribute("URI") && uri.isEmpty();
    boolean part =
        uri.startsWith("#")
            && (uri.substring(1).equals(root.getAttribute("id"))
                || CpixDom.children(root).stream()
                    .anyMatch(
                        list ->
                            CpixNames.CPIX.equals(list.getNamespaceURI())
                                && uri.substring(1).equals(list.getAttribute("id"))));
    if (!whole && !part) {
      report.at(
          reference,
          "URI",
          CpixRule.SIGNATURE_REFERENCE,
          "The signature is over something else than the document or one of its lists.",
          "Sign the document or a list; another signature says nothing about the keys.");
    }
  }

  private static List<Element> descend(Element parent, String name) {
    return CpixDom.children(parent).stream().filter(child -> isSignature(child, name)).toList();
  }

  private static boolean isSignature(Element element, String name) {
    return CpixNames.XMLDSIG.equals(element.getNamespaceURI())
        && name.equals(element.getLocalName());
  }
}
