package io.keymux.api.queue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names an asset anew, so that key servers give other keys for it. */
final class Rekeyed {
  private static final Pattern NUMBERED = Pattern.compile("(.*)-r(\\d{1,6})");
  private static final int MAX_LENGTH = 128;

  private Rekeyed() {}

  /** {@code movie} becomes {@code movie-r2}, and that {@code movie-r3}. */
  static String contentId(String contentId) {
    Matcher numbered = NUMBERED.matcher(contentId);
    String base = numbered.matches() ? numbered.group(1) : contentId;
    String tail = "-r" + (numbered.matches() ? Integer.parseInt(numbered.group(2)) + 1 : 2);
    return base.substring(0, Math.min(base.length(), MAX_LENGTH - tail.length())) + tail;
  }
}
