package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import io.keymux.packager.isobmff.SampleEntry;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The CODECS string of TTML in {@code stpp}. Only the profile in the MIME type of the entry says
 * which IMSC a player needs; without it the string is the four-character code.
 *
 * @see "ISO/IEC 14496-30, 5.6 and 7; ISO/IEC 14496-12, 12.6.3.2; TTML Media Type Definition and
 *     Profile Registry, 3.1"
 */
final class TimedText {
  private static final int HEADER = 8;
  private static final int ENTRY_FIELDS = 8;
  private static final String NAMESPACE = "http://www.w3.org/ns/ttml";

  private static final Pattern IMSC =
      Pattern.compile("codecs\\s*=\\s*\"?[^\";]*?\\b(im[123][ti])\\b");

  private TimedText() {}

  static String codecs(SampleEntry entry) {
    String namespaces = namespaces(entry);
    if (!(" " + namespaces + " ").contains(" " + NAMESPACE + " ")) {
      return "stpp";
    }
    String mime = entry.child("mime").map(TimedText::contentType).orElse("");
    Matcher imsc = IMSC.matcher(mime);
    return imsc.find() ? "stpp.ttml." + imsc.group(1) : "stpp";
  }

  /** The first string of the entry: namespaces with spaces between. */
  private static String namespaces(SampleEntry entry) {
    byte[] box = entry.box().toArray();
    int start = HEADER + ENTRY_FIELDS;
    int end = start;
    while (end < entry.childrenOffset() && box[end] != 0) {
      end++;
    }
    return start > box.length ? "" : new String(box, start, end - start, StandardCharsets.UTF_8);
  }

  /** The type of a {@code mime} box behind version and flags. */
  private static String contentType(Bytes box) {
    byte[] bytes = box.toArray();
    int start = Math.min(4, bytes.length);
    return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
  }
}
