package io.keymux.cpix.validation;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import org.w3c.dom.Element;

/**
 * Leaf keys, which depend on a root key.
 *
 * @see "DASH-IF CPIX, Hierarchical keys"
 */
final class HierarchyCheck implements Check {
  private static final String REMEDY = "Leave it to the root key.";

  @Override
  public void run(DocumentView tree, Report report) {
    for (Element key : tree.keys()) {
      if (key.hasAttribute("dependsOnKey")) {
        above(key, tree, report);
        leaf(key, report);
      }
    }
    for (Element system : tree.systems()) {
      KeyId keyId = DocumentView.id(system, "kid");
      if (keyId != null && tree.leafKeys().contains(keyId)) {
        signaling(system, report);
      }
    }
    for (Element rule : tree.rules()) {
      KeyId keyId = DocumentView.id(rule, "kid");
      if (keyId != null && tree.rootKeys().contains(keyId)) {
        report.at(
            rule,
            "kid",
            CpixRule.RULE_OF_ROOT_KEY,
            "KID %s is of a root key, which encrypts no media.".formatted(keyId),
            "Name the leaf key.");
      }
    }
  }

  private static void above(Element key, DocumentView tree, Report report) {
    KeyId above = DocumentView.id(key, "dependsOnKey");
    if (above == null) {
      return;
    }
    if (tree.leafKeys().contains(above)) {
      report.at(
          key,
          "dependsOnKey",
          CpixRule.ROOT_KEY_IS_LEAF,
          "KID %s depends on a key itself.".formatted(above),
          "Name a key that depends on none.");
    } else if (!tree.keysById().containsKey(above)) {
      boolean elsewhere = tree.isSpeke() || tree.version().isAtLeast(CpixVersion.V2_4);
      report.at(
          key,
          "dependsOnKey",
          elsewhere ? CpixRule.ROOT_KEY_ELSEWHERE : CpixRule.ROOT_KEY_UNKNOWN,
          "No ContentKey has KID " + above + ".",
          elsewhere
              ? "Make sure that the reader has the root key from another document."
              : "Add the root key or correct the KID.");
    }
  }

  private static void leaf(Element key, Report report) {
    for (String name : new String[] {"contentId", "commonEncryptionScheme"}) {
      if (key.hasAttribute(name)) {
        report.at(
            key,
            name,
            CpixRule.LEAF_KEY_ATTRIBUTE,
            "A leaf key takes it from its root key.",
            REMEDY);
      }
    }
    CpixDom.children(key, "HDCPData")
        .forEach(
            hdcp ->
                report.at(
                    hdcp,
                    CpixRule.LEAF_KEY_ATTRIBUTE,
                    "A leaf key takes it from its root key.",
                    REMEDY));
  }

  private static void signaling(Element system, Report report) {
    for (Element child : CpixDom.children(system)) {
      if (!"PSSH".equals(child.getLocalName())) {
        report.at(
            child,
            CpixRule.LEAF_KEY_SIGNALING,
            "A leaf key is signalled by PSSH alone, in the segments.",
            "Move it to the DRMSystem of the root key.");
      }
    }
  }
}
