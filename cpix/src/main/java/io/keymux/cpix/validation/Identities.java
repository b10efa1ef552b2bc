package io.keymux.cpix.validation;

import io.keymux.cpix.CpixVersion;
import io.keymux.cpix.xml.CpixDom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;

/** Ids are unique in a document, references find one, playlists are named once. */
final class Identities {
  private final Report report;
  private final Set<String> ids = new HashSet<>();
  private final List<Attr> references = new ArrayList<>();

  Identities(Report report) {
    this.report = report;
  }

  /** Notes an attribute if its type is one of identity. */
  void add(Element element, Attr attribute, ValueType type) {
    if (type == ValueType.ID && !ids.add(ValueType.collapse(attribute.getValue()))) {
      report.at(
          element,
          attribute.getName(),
          CpixRule.DUPLICATE_ID,
          "The id \"%s\" is of an earlier element already."
              .formatted(Quoted.shortened(attribute.getValue())),
          "Choose another id: signatures and filters name elements by it.");
    } else if (type == ValueType.IDREF) {
      references.add(attribute);
    }
  }

  /** After all attributes were added. */
  void check(Element root, CpixVersion version) {
    for (Attr reference : references) {
      if (!ids.contains(ValueType.collapse(reference.getValue()))) {
        report.at(
            reference.getOwnerElement(),
            reference.getName(),
            CpixRule.DANGLING_REFERENCE,
            "No element has the id \"%s\".".formatted(Quoted.shortened(reference.getValue())),
            "Add the element or correct the id.");
      }
    }
    if (version.isAtLeast(CpixVersion.V2_2)) {
      CpixDom.entries(root, "DRMSystemList", "DRMSystem").forEach(this::playlists);
    }
  }

  private void playlists(Element system) {
    Set<String> playlists = new HashSet<>();
    for (Element signaling : CpixDom.children(system, "HLSSignalingData")) {
      if (signaling.hasAttribute("playlist")
          && !playlists.add(signaling.getAttribute("playlist"))) {
        report.at(
            signaling,
            "playlist",
            CpixRule.REPEATED_PLAYLIST,
            "An earlier HLSSignalingData of the DRMSystem is for the same playlist.",
            "Give each playlist one.");
      }
    }
  }
}
