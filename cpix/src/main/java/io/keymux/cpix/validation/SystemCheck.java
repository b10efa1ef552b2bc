package io.keymux.cpix.validation;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.xml.CpixDom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * DRMSystem elements: which key and system they are of, and which playlists they speak to.
 *
 * @see "DASH-IF CPIX, DRMSystem"
 */
final class SystemCheck implements Check {
  @Override
  public void run(DocumentView tree, Report report) {
    Set<List<KeyId>> seen = new HashSet<>();
    for (Element system : tree.systems()) {
      KeyId keyId = DocumentView.id(system, "kid");
      KeyId systemId = DocumentView.id(system, "systemId");
      if (keyId != null && !tree.keysById().containsKey(keyId)) {
        report.at(
            system,
            "kid",
            CpixRule.SYSTEM_OF_UNKNOWN_KEY,
            "No ContentKey has KID " + keyId + ".",
            "Add the key or correct the KID.");
      }
      if (keyId != null && systemId != null && !seen.add(List.of(systemId, keyId))) {
        report.at(
            system,
            CpixRule.DUPLICATE_SYSTEM,
            "An earlier DRMSystem has system %s and KID %s.".formatted(systemId, keyId),
            "Make one of the two.");
      }
      playlists(system, report);
    }
  }

  private static void playlists(Element system, Report report) {
    List<Element> signaling = CpixDom.children(system, "HLSSignalingData");
    for (Element element : signaling) {
      if (signaling.size() > 1 && !element.hasAttribute("playlist")) {
        report.at(
            element,
            "playlist",
            CpixRule.PLAYLIST_MISSING,
            "Of %d HLSSignalingData, this one names no playlist.".formatted(signaling.size()),
            "Name the playlist at each.");
      }
    }
  }
}
