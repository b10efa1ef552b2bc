package io.keymux.packager.verify.manifest;

import io.keymux.packager.media.Selection;
import io.keymux.packager.media.TrackRole;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * Reads by what an MPD tells tracks apart. What is no role or name that we know is passed over.
 *
 * @see "ISO/IEC 23009-1, 5.8.5.5 DASH role scheme; DASH-IF IOP 4.3, 3.2.9 Trick mode"
 */
final class MpdChoice {
  private static final String ROLE = "urn:mpeg:dash:role:2011";
  private static final String TRICK_MODE = "http://dashif.org/guidelines/trickmode";

  private MpdChoice() {}

  static DescribedChoice read(Element set, Element representation) {
    boolean trickPlay =
        Mpd.children(set, "EssentialProperty").stream()
            .anyMatch(property -> property.getAttribute("schemeIdUri").equals(TRICK_MODE));
    return new DescribedChoice(representation.getAttribute("id"), selection(set), trickPlay);
  }

  /** The role that sets of its kind have is as good as none. */
  private static Selection selection(Element set) {
    List<TrackRole> roles = new ArrayList<>();
    for (Element role : Mpd.children(set, "Role")) {
      if (role.getAttribute("schemeIdUri").equals(ROLE)) {
        add(role.getAttribute("value"), roles);
      }
    }
    boolean usual =
        roles.equals(List.of(TrackRole.MAIN)) || roles.equals(List.of(TrackRole.SUBTITLE));
    Element label = Mpd.child(set, "Label");
    return selection(
        label == null ? null : label.getTextContent(), usual ? List.of() : roles, false);
  }

  private static void add(String role, List<TrackRole> roles) {
    try {
      roles.add(TrackRole.ofId(role));
    } catch (IllegalArgumentException e) {
      // A role of a later edition, or somebody's own.
    }
  }

  /** With the name if it can stand in a playlist. */
  static Selection selection(@Nullable String name, List<TrackRole> roles, boolean preferred) {
    try {
      return new Selection(name == null || name.isBlank() ? null : name.strip(), roles, preferred);
    } catch (IllegalArgumentException e) {
      return new Selection(null, roles, preferred);
    }
  }
}
