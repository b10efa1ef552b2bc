package io.keymux.packager.verify.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Names and values of an MPD's elements. */
public final class Mpd {
  private static final Pattern DURATION =
      Pattern.compile(
          "P(?:0+Y)?(?:0+M)?(?:(\\d+)D)?(?:T(?:(\\d+)H)?(?:(\\d+)M)?(?:(\\d+(?:\\.\\d+)?)S)?)?");

  private Mpd() {}

  /** Child elements of any namespace with a local name. */
  public static List<Element> children(Element parent, String localName) {
    List<Element> children = new ArrayList<>();
    for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
      if (n instanceof Element element && localName.equals(element.getLocalName())) {
        children.add(element);
      }
    }
    return children;
  }

  static @Nullable Element child(Element parent, String localName) {
    List<Element> children = children(parent, localName);
    return children.isEmpty() ? null : children.get(0);
  }

  /** An unsigned number; {@code absent} if there is none or it is not one. */
  static long number(@Nullable Element element, String attribute, long absent) {
    String text = element == null ? "" : element.getAttribute(attribute).strip();
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : absent;
  }

  /** An {@code xs:duration} in seconds; {@code absent} if it is none, or has months or years. */
  static double seconds(String text, double absent) {
    Matcher matcher = DURATION.matcher(text.strip());
    if (text.isBlank() || !matcher.matches()) {
      return absent;
    }
    return part(matcher.group(1)) * 86_400
        + part(matcher.group(2)) * 3600
        + part(matcher.group(3)) * 60
        + part(matcher.group(4));
  }

  private static double part(@Nullable String text) {
    return text == null ? 0 : Double.parseDouble(text);
  }
}
