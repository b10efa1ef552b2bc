package io.keymux.packager.hls;

import io.keymux.cpix.DrmException;
import java.util.regex.Pattern;

/**
 * A tag with an attribute list. Quoted strings have no escape: a value that holds a quote or a line
 * break is refused.
 *
 * @see "RFC 8216, 4.2 Attribute Lists"
 */
final class HlsTag {
  private static final Pattern UNQUOTABLE = Pattern.compile("[\"\r\n]");

  private final StringBuilder text;
  private boolean empty = true;

  HlsTag(String name) {
    text = new StringBuilder("#").append(name).append(':');
  }

  /** Decimal numbers, resolutions and enumerated strings. */
  HlsTag plain(String attribute, Object value) {
    if (!empty) {
      text.append(',');
    }
    empty = false;
    text.append(attribute).append('=').append(value);
    return this;
  }

  HlsTag quoted(String attribute, String value) {
    if (UNQUOTABLE.matcher(value).find()) {
      throw new DrmException(
          DrmException.Blame.CALLER,
          "hls-unquotable",
          "The HLS attribute %s would be \"%s\", and quoted strings cannot hold quotes or line breaks."
              .formatted(attribute, value.replace("\r", "\\r").replace("\n", "\\n")),
          "Change the track's name, language or codec string.");
    }
    return plain(attribute, '"' + value + '"');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
