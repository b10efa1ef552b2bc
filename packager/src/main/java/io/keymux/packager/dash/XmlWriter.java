package io.keymux.packager.dash;

import io.keymux.cpix.DrmException;

/** Writes indented XML in the order of the calls. Text and attributes are escaped. */
final class XmlWriter {
  private final StringBuilder out =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  private int depth;
  private boolean startTagOpen;

  /** Attributes come first in {@code body}, then child elements. */
  XmlWriter element(String name, Runnable body) {
    indent();
    out.append('<').append(name);
    startTagOpen = true;
    depth++;
    body.run();
    depth--;
    if (startTagOpen) {
      out.append("/>\n");
      startTagOpen = false;
    } else {
      indent();
      out.append("</").append(name).append(">\n");
    }
    return this;
  }

  XmlWriter attribute(String name, Object value) {
    if (!startTagOpen) {
      throw new IllegalStateException("attribute " + name + " after content");
    }
    out.append(' ').append(name).append("=\"");
    escape(name, value.toString());
    out.append('"');
    return this;
  }

  /** An element that says something in the words of a scheme. */
  XmlWriter descriptor(String name, String scheme, String value) {
    return element(name, () -> attribute("schemeIdUri", scheme).attribute("value", value));
  }

  /** An element that holds only text. */
  XmlWriter text(String name, String text) {
    indent();
    out.append('<').append(name).append('>');
    escape(name, text);
    out.append("</").append(name).append(">\n");
    return this;
  }

  /** Carried through as it is; it was checked when it was made. */
  XmlWriter fragment(SignalingXml fragment) {
    indent();
    out.append(fragment.text()).append('\n');
    return this;
  }

  private void indent() {
    if (startTagOpen) {
      out.append(">\n");
      startTagOpen = false;
    }
    out.append("  ".repeat(depth));
  }

  private void escape(String place, String text) {
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                // Parsers would turn them into spaces or drop them.
                case '\t', '\n', '\r' -> out.append("&#").append(c).append(';');
                default -> out.appendCodePoint(requireXml(place, c));
              }
            });
  }

  private static int requireXml(String place, int c) {
    boolean legal = (c >= 0x20 && c <= 0xd7ff) || (c >= 0xe000 && c <= 0xfffd) || c >= 0x10000;
    if (!legal) {
      throw new DrmException(
          DrmException.Blame.CALLER,
          "mpd-unwritable-text",
          "The MPD's %s would hold the character U+%04X, which XML cannot carry."
              .formatted(place, c),
          "Change the track's name, language or codec string.");
    }
    return c;
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
