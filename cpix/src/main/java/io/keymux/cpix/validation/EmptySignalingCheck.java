package io.keymux.cpix.validation;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.w3c.dom.Element;

/** Placeholders that a response leaves empty. */
final class EmptySignalingCheck implements Check {
  private static final List<String> PLACEHOLDERS =
      List.of(
          "PSSH",
          "ContentProtectionData",
          "HLSSignalingData",
          "SmoothStreamingProtectionHeaderData");

  private static final Set<UUID> WITHOUT_PSSH =
      Set.of(DrmSystem.FAIRPLAY.systemId(), DrmSystem.AES_128.systemId(), DrmSystem.HLS_AES_128_V1);

  @Override
  public void run(DocumentView tree, Report report) {
    if (!tree.isResponse()) {
      return;
    }
    for (Element system : tree.systems()) {
      KeyId systemId = DocumentView.id(system, "systemId");
      boolean withoutPssh = systemId != null && WITHOUT_PSSH.contains(systemId.uuid());
      for (String name : PLACEHOLDERS) {
        for (Element element : CpixDom.children(system, name)) {
          // These have no pssh, but packagers ask every system for one.
          boolean answerable = !(withoutPssh && name.equals("PSSH"));
          if (answerable && DocumentView.isEmpty(element)) {
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
