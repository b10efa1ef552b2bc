package io.keymux.packager.verify.manifest;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.box.PsshBox;
import io.keymux.cpix.xml.SafeXml;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * Reads the ContentProtection descriptors of a Representation and its AdaptationSet.
 *
 * @see "ISO/IEC 23009-1, 5.8.4.1 Content protection"
 */
final class MpdProtection {
  private static final String MP4_PROTECTION = "urn:mpeg:dash:mp4protection:2011";
  private static final String CENC = "urn:mpeg:cenc:2013";

  /** That of FairPlay, and the unregistered one that some packagers use. */
  private static final Set<String> FAIRPLAY =
      Set.of(
          "urn:uuid:" + DrmSystem.FAIRPLAY.systemId(),
          "urn:uuid:29701fe4-3cc7-4a34-8c5b-ae90c7439a47");

  private final PresentationFolder folder;
  private final String file;
  private final Set<String> schemes = new LinkedHashSet<>();
  private final List<KeyClaim> claims = new ArrayList<>();
  private final List<PsshBox> pssh = new ArrayList<>();

  private MpdProtection(PresentationFolder folder, String file) {
    this.folder = folder;
    this.file = file;
  }

  /**
   * @param file for problems
   * @param levels AdaptationSet and Representation
   */
  static DescribedProtection read(PresentationFolder folder, String file, List<Element> levels) {
    MpdProtection protection = new MpdProtection(folder, file);
    boolean any = false;
    for (Element level : levels) {
      for (Element descriptor : Mpd.children(level, "ContentProtection")) {
        any = true;
        protection.descriptor(descriptor);
      }
    }
    if (any && protection.schemes.isEmpty()) {
      folder.problem(
          "mpd-no-scheme",
          protection.place(levels.get(levels.size() - 1)),
          "ContentProtection without one of " + MP4_PROTECTION);
    }
    return new DescribedProtection(
        protection.schemes, protection.claims, protection.pssh, List.of());
  }

  private void descriptor(Element descriptor) {
    String place = place(descriptor);
    String scheme = descriptor.getAttribute("schemeIdUri").strip().toLowerCase(Locale.ROOT);
    if (FAIRPLAY.contains(scheme)) {
      folder.problem("fairplay-in-mpd", place, "FairPlay plays no DASH");
    }
    if (scheme.equals(MP4_PROTECTION)) {
      schemes.add(descriptor.getAttribute("value"));
      keyIds(descriptor.getAttributeNS(CENC, "default_KID"), place);
    }
    for (Element child : Mpd.children(descriptor, "pssh")) {
      pssh(child);
    }
    for (Element child : Mpd.children(descriptor, "pro")) {
      try {
        Set<KeyId> keyIds = PsshKeyIds.ofPlayReady(base64(child));
        if (!keyIds.isEmpty()) {
          claims.add(new KeyClaim("pro-kid-mismatch", place(child), keyIds));
        }
      } catch (DrmException | IllegalArgumentException e) {
        malformed("pro-malformed", child, e);
      }
    }
  }

  private void keyIds(String attribute, String place) {
    if (attribute.isBlank()) {
      return;
    }
    Set<KeyId> keyIds = new HashSet<>();
    for (String text : attribute.strip().split("\\s+", -1)) {
      try {
        keyIds.add(KeyId.parse(text));
      } catch (DrmException e) {
        folder.problem("mpd-kid-malformed", place + "/@default_KID", e.problem());
        return;
      }
    }
    claims.add(new KeyClaim("mpd-kid-mismatch", place + "/@default_KID", keyIds));
  }

  private void pssh(Element element) {
    try {
      PsshBox box = PsshBox.parse(base64(element));
      pssh.add(box);
      Set<KeyId> keyIds = PsshKeyIds.of(box);
      if (!keyIds.isEmpty()) {
        claims.add(new KeyClaim("mpd-pssh-kid-mismatch", place(element), keyIds));
      }
    } catch (DrmException | IllegalArgumentException e) {
      malformed("mpd-pssh-malformed", element, e);
    }
  }

  private void malformed(String code, Element element, RuntimeException e) {
    String what = e instanceof DrmException drm ? drm.problem() : "it is not base64";
    folder.problem(code, place(element), what);
  }

  private String place(Element element) {
    return file + " " + SafeXml.path(element);
  }

  private static byte[] base64(Element element) {
    return Base64.getMimeDecoder().decode(element.getTextContent().strip());
  }
}
