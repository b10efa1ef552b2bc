package io.keymux.packager.asset;

import io.keymux.cpix.xml.SafeXml;
import io.keymux.packager.dash.ProtectionXml;
import io.keymux.packager.media.TrackProtection;
import io.keymux.packager.verify.manifest.Mpd;
import io.keymux.packager.verify.manifest.PieceRange;
import io.keymux.packager.verify.manifest.PresentationFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Writes an MPD anew with other ContentProtection descriptors. All else stays, but for byte ranges
 * in files whose media has moved.
 *
 * @see "ISO/IEC 23009-1, 5.8.4.1 Content protection"
 */
final class MpdSigner {
  private static final String DESCRIPTOR = "ContentProtection";

  /** What stands before descriptors of protection. */
  private static final Set<String> BEFORE = Set.of("FramePacking", "AudioChannelConfiguration");

  private static final Set<String> RANGES = Set.of("range", "indexRange", "mediaRange");

  private final Document mpd;
  private final Map<String, Path> inits;
  private final Map<Path, TrackProtection> protections;
  private final MovedFiles moved;
  private final String name;

  private MpdSigner(
      Document mpd,
      String name,
      Map<String, Path> inits,
      Map<Path, TrackProtection> protections,
      MovedFiles moved) {
    this.mpd = mpd;
    this.name = name;
    this.inits = inits;
    this.protections = protections;
    this.moved = moved;
  }

  /**
   * @param inits the file of the init segment of each Representation, by its place as {@code
   *     DescribedTrack} has it
   * @param protections by the file of the init segment; clear tracks are left out
   */
  static String sign(
      PresentationFolder folder,
      Path mpd,
      Map<String, Path> inits,
      Map<Path, TrackProtection> protections,
      MovedFiles moved) {
    Document document = SafeXml.parse(folder.read(mpd));
    document.setXmlStandalone(true); // Keeps standalone="no" out of the declaration.
    new MpdSigner(document, folder.name(mpd), inits, protections, moved).sign();
    return new String(SafeXml.serialize(document), StandardCharsets.UTF_8);
  }

  private void sign() {
    Element root = mpd.getDocumentElement();
    remove(root);
    for (Element period : Mpd.children(root, "Period")) {
      remove(period);
      for (Element set : Mpd.children(period, "AdaptationSet")) {
        sign(set);
      }
    }
  }

  /** Descriptors go where they were, and to the set if they were nowhere. */
  private void sign(Element set) {
    List<Element> representations = Mpd.children(set, "Representation");
    List<TrackProtection> all = new ArrayList<>();
    boolean each = false;
    for (Element representation : representations) {
      Path init = inits.get(name + " " + SafeXml.path(representation));
      if (init != null) {
        move(representation, init);
        TrackProtection protection = protections.get(init);
        if (protection != null) {
          all.add(protection);
        }
      }
      each |= !Mpd.children(representation, DESCRIPTOR).isEmpty();
    }
    List<List<TrackProtection>> own = new ArrayList<>();
    for (Element representation : representations) {
      Path init = inits.get(name + " " + SafeXml.path(representation));
      TrackProtection protection = init == null ? null : protections.get(init);
      own.add(protection == null || !each ? List.of() : List.of(protection));
    }
    replace(set, each ? List.of() : List.copyOf(new LinkedHashSet<>(all)));
    for (int i = 0; i < own.size(); i++) {
      replace(representations.get(i), own.get(i));
    }
  }

  private void replace(Element parent, List<TrackProtection> said) {
    Node place = remove(parent);
    if (said.isEmpty()) {
      return;
    }
    if (place == null) {
      place = parent.getFirstChild();
      while (place != null && !(place instanceof Element e && !BEFORE.contains(e.getLocalName()))) {
        place = place.getNextSibling();
      }
    }
    Node before = place == null ? null : place.getPreviousSibling();
    String indent =
        before != null && before.getNodeType() == Node.TEXT_NODE ? before.getNodeValue() : "\n";
    for (Element descriptor : ProtectionXml.of(said)) {
      parent.insertBefore(mpd.importNode(descriptor, true), place);
      parent.insertBefore(mpd.createTextNode(indent), place);
    }
  }

  /** What follows the descriptors that were removed, or null if there was none. */
  private static @Nullable Node remove(Element parent) {
    Node place = null;
    for (Element old : Mpd.children(parent, DESCRIPTOR)) {
      Node blank = old.getNextSibling();
      place = blank;
      if (blank != null
          && blank.getNodeType() == Node.TEXT_NODE
          && blank.getNodeValue().isBlank()) {
        place = blank.getNextSibling();
        parent.removeChild(blank);
      }
      parent.removeChild(old);
    }
    return place;
  }

  private void move(Element element, Path file) {
    for (String attribute : RANGES) {
      PieceRange old = PieceRange.ofFirstLast(element.getAttribute(attribute));
      if (old != null) {
        long start = moved.offset(file, old.offset());
        long last = moved.end(file, old.offset() + old.length()) - 1;
        element.setAttribute(attribute, start + "-" + last);
      }
    }
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element inner) {
        move(inner, file);
      }
    }
  }
}
