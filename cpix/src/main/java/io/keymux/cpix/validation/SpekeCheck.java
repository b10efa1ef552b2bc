package io.keymux.cpix.validation;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.xml.CpixDom;
import io.keymux.cpix.xml.CpixNames;
import java.util.HashSet;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * What SPEKE demands of the document as a whole, and what of CPIX it leaves out.
 *
 * @see "SPEKE API specification v1 and v2, Customizations and constraints to the DASH-IF
 *     specification"
 */
final class SpekeCheck implements Check {
  static final String NAMESPACE = "urn:aws:amazon:com:speke";

  private static final Set<String> VERSIONS =
      Set.of(CpixVersion.V2_3.text(), CpixVersion.V2_4.text());

  @Override
  public void run(DocumentView tree, Report report) {
    if (!tree.isSpeke()) {
      return;
    }
    Element root = tree.root();
    identity(tree, report);
    items(root, "ContentKeyList", "ContentKey", report);
    items(root, "DRMSystemList", "DRMSystem", report);
    for (Element period : tree.periods()) {
      for (String name : new String[] {"id", "index"}) {
        if (!period.hasAttribute(name)) {
          report.at(period, name, CpixRule.SPEKE_PERIOD, "SPEKE needs the attribute.", "Add it.");
        }
      }
    }
    if (tree.isResponse()) {
      namespaces(root, report);
    }
    schemes(tree, report);
    leftOut(tree, report);
    if (tree.isResponse()) {
      tree.keys().stream()
          .filter(key -> CpixDom.children(key, "Data").isEmpty())
          .forEach(
              key ->
                  report.missing(
                      key,
                      "Data",
                      CpixRule.SPEKE_KEY_MISSING,
                      "The response does not bring the key.",
                      "Add its Data."));
    }
  }

  private static void items(Element root, String list, String item, Report report) {
    if (CpixDom.entries(root, list, item).isEmpty()) {
      report.missing(
          root,
          list,
          CpixRule.SPEKE_LIST,
          "SPEKE needs the list with at least one item.",
          "Add it.");
    }
  }

  private static void identity(DocumentView tree, Report report) {
    Element root = tree.root();
    String name = tree.isSpekeV2() ? "contentId" : "id";
    if (CpixDom.attribute(root, name).isEmpty()) {
      report.at(
          root, name, CpixRule.SPEKE_CONTENT_ID, "The content id is missing or empty.", "Add it.");
    }
    if (!VERSIONS.contains(root.getAttribute("version"))) {
      report.at(
          root,
          "version",
          CpixRule.SPEKE_VERSION,
          "The version is missing or unsupported.",
          "Write 2.3 for SPEKE 2.0, 2.4 for SPEKE 2.1.");
    }
    if (tree.isSpekeV2() && root.hasAttribute("id")) {
      report.at(
          root,
          "id",
          tree.isResponse() ? CpixRule.SPEKE_ROOT_ID : CpixRule.SPEKE_IGNORED,
          "SPEKE v2 names the content by contentId.",
          "Remove the id.");
    }
  }

  private static void namespaces(Element root, Report report) {
    for (String namespace : new String[] {CpixNames.CPIX, CpixNames.PSKC}) {
      if (root.lookupPrefix(namespace) == null) {
        report.at(
            root,
            CpixRule.SPEKE_NAMESPACES,
            "The root declares no prefix for " + namespace + ".",
            "Declare it there, and use it: readers of SPEKE look for prefixed names.");
      }
    }
  }

  private static void schemes(DocumentView tree, Report report) {
    Set<String> schemes = new HashSet<>();
    for (Element key : tree.keys()) {
      String scheme = key.getAttribute("commonEncryptionScheme");
      if (scheme.isBlank()) {
        report.at(
            key,
            "commonEncryptionScheme",
            CpixRule.SPEKE_SCHEME,
            "The key has no scheme.",
            "Add it.");
      } else if (schemes.add(scheme) && schemes.size() > 1) {
        report.at(
            key,
            "commonEncryptionScheme",
            CpixRule.SPEKE_MIXED_SCHEMES,
            "The document mixes schemes.",
            "Ask for one scheme in one document.");
      }
    }
  }

  private static void leftOut(DocumentView tree, Report report) {
    for (Element child : CpixDom.children(tree.root())) {
      if (CpixNames.XMLDSIG.equals(child.getNamespaceURI())) {
        report.at(child, CpixRule.SPEKE_UNSUPPORTED, "SPEKE has no signatures.", "Remove it.");
      }
    }
    CpixDom.children(tree.root(), "UpdateHistoryItemList")
        .forEach(list -> ignored(list, "", report));
    tree.keys().stream()
        .filter(key -> key.hasAttribute("dependsOnKey"))
        .forEach(key -> ignored(key, "/@dependsOnKey", report));
    for (Element rule : tree.rules()) {
      CpixDom.children(rule, "LabelFilter")
          .forEach(
              filter ->
                  report.at(
                      filter,
                      CpixRule.SPEKE_UNSUPPORTED,
                      "SPEKE has no label filters.",
                      "Remove it."));
      CpixDom.children(rule, "BitrateFilter").forEach(filter -> ignored(filter, "", report));
      CpixDom.children(rule, "VideoFilter").forEach(filter -> filter(filter, tree, report));
      CpixDom.children(rule, "AudioFilter").forEach(filter -> filter(filter, tree, report));
    }
  }

  private static void filter(Element filter, DocumentView tree, Report report) {
    if (!tree.isSpekeV2()) {
      ignored(filter, "", report);
    } else if (filter.hasAttribute("wcg")) {
      ignored(filter, "/@wcg", report);
    }
  }

  private static void ignored(Element element, String below, Report report) {
    report.add(CpixRule.SPEKE_IGNORED, element, below, "SPEKE servers ignore it.", "Leave it out.");
  }
}
