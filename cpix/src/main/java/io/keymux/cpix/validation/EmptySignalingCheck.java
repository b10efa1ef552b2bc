package io.keymux.cpix.validation;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import java.util.List;
import org.w3c.dom.Element;

/** Placeholders that a response leaves empty. */
final class EmptySignalingCheck implements Check {
  private static final List<String> PLACEHOLDERS =
      List.of(
          "PSSH",
          "ContentProtectionData",
          "HLSSignalingData",
          "SmoothStreamingProtectionHeaderData");

  @Override
  public void run(CpixTree tree, Report report) {
    if (!tree.isResponse()) {
      return;
    }
    for (Element system : tree.systems()) {
      KeyId systemId = CpixTree.id(system, "systemId");
      boolean fairPlay = systemId != null && systemId.uuid().equals(DrmSystem.FAIRPLAY.systemId());
      for (String name : PLACEHOLDERS) {
        for (Element element : CpixDom.children(system, name)) {
          // FairPlay has no pssh, but packagers ask for one.
          boolean answerable = !(fairPlay && name.equals("PSSH"));
          if (answerable && CpixTree.isEmpty(element)) {
            report.at(
                element,
                tree.isSpeke() ? CpixRule.SPEKE_UNANSWERED : CpixRule.EMPTY_SIGNALING,
                "The element is empty although the document brings keys.",
                "Fill it, or leave it out.");
          }
        }
      }
    }
  }
}
