package io.keymux.packager.text;

import java.util.Locale;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What a TTML document says of the processors that can show it.
 *
 * @param codecs the short name of the profile, {@code im1t}, or empty
 * @see "TTML Media Type Definition and Profile Registry, 3.1; IMSC 1.1, 7.12 Profile signaling"
 */
record TtmlProfile(String codecs) {
  private static final String PARAMETER = "http://www.w3.org/ns/ttml#parameter";
  private static final String EBU_METADATA = "urn:ebu:tt:metadata";
  private static final String EBU_TT_D = "urn:ebu:tt:distribution:";
  private static final String IMSC = "http://www.w3.org/ns/ttml/profile/imsc1";

  static TtmlProfile of(Element root) {
    StringBuilder said = new StringBuilder();
    said.append(root.getAttributeNS(PARAMETER, "profile")).append(' ');
    said.append(root.getAttributeNS(PARAMETER, "contentProfiles")).append(' ');
    NodeList standards = root.getElementsByTagNameNS(EBU_METADATA, "conformsToStandard");
    for (int i = 0; i < standards.getLength(); i++) {
      said.append(standards.item(i).getTextContent()).append(' ');
    }
    String all = said.toString().toLowerCase(Locale.ROOT);
    for (String kind : new String[] {"text", "image"}) {
      String letter = kind.substring(0, 1);
      if (all.contains(IMSC + "/" + kind)) {
        return new TtmlProfile("im1" + letter);
      }
      if (all.contains(IMSC + ".1/" + kind)) {
        return new TtmlProfile("im2" + letter);
      }
      if (all.contains(IMSC + ".2/" + kind)) {
        return new TtmlProfile("im3" + letter);
      }
    }
    // EBU-TT-D was made so that it is of IMSC's text profile, too.
    return new TtmlProfile(all.contains(EBU_TT_D) ? "etd1|im1t" : "");
  }

  boolean isOfImages() {
    return codecs.endsWith("i");
  }

  /** For the {@code mime} box. */
  String mimeType() {
    return codecs.isEmpty() ? "application/ttml+xml" : "application/ttml+xml;codecs=" + codecs;
  }
}
