package io.keymux.packager.verify.manifest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A byte range as manifests write it. */
public record PieceRange(long offset, long length) {
  private static final Pattern FIRST_LAST = Pattern.compile("(\\d{1,18})-(\\d{1,18})");
  private static final Pattern LENGTH_AT = Pattern.compile("(\\d{1,18})(?:@(\\d{1,18}))?");

  /** {@code first-last} of an MPD, both inclusive; null for anything else. */
  public static @Nullable PieceRange ofFirstLast(String text) {
    Matcher matcher = FIRST_LAST.matcher(text.strip());
    if (!matcher.matches()) {
      return null;
    }
    long first = Long.parseLong(matcher.group(1));
    long last = Long.parseLong(matcher.group(2));
    return last < first ? null : new PieceRange(first, last - first + 1);
  }

  /**
   * {@code length[@offset]} of a playlist; null for anything else.
   *
   * @param next the offset if it is left out; negative if it may not be
   */
  public static @Nullable PieceRange ofLengthAt(String text, long next) {
    Matcher matcher = LENGTH_AT.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    long offset = matcher.group(2) == null ? next : Long.parseLong(matcher.group(2));
    return offset < 0 ? null : new PieceRange(offset, Long.parseLong(matcher.group(1)));
  }
}
