package io.keymux.packager.media;

import java.nio.charset.StandardCharsets;

/**
 * Turns paths of the output folder into relative URLs. Everything but unreserved characters and
 * {@code /} is percent-encoded, so a name with a space, {@code #} or {@code %} stays one reference.
 *
 * @see "RFC 3986, 4.2 Relative Reference"
 */
public final class RelativeUrl {
  private static final String UNRESERVED_MARKS = "-._~/";

  private RelativeUrl() {}

  /** From a file in the output folder itself. */
  public static String of(String path) {
    return isPlain(path) ? path : encoded(path);
  }

  private static boolean isPlain(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (!isUnreserved(path.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String encoded(String path) {
    StringBuilder url = new StringBuilder(path.length());
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c)) {
        url.append(c);
      } else {
        url.append("%%%02X".formatted((int) c));
      }
    }
    return url.toString();
  }

  /**
   * From a file in {@code folder}, which lies in the output folder.
   *
   * @param folder one name, without {@code /}
   */
  public static String from(String folder, String path) {
    return path.startsWith(folder + "/")
        ? of(path.substring(folder.length() + 1))
        : "../" + of(path);
  }

  /**
   * From a file to another, both relative to the output folder.
   *
   * @param here which names the other
   */
  public static String between(String here, String there) {
    int common = 0;
    for (int slash = here.indexOf('/'); slash >= 0; slash = here.indexOf('/', slash + 1)) {
      if (!there.startsWith(here.substring(0, slash + 1))) {
        break;
      }
      common = slash + 1;
    }
    int above = (int) here.substring(common).chars().filter(c -> c == '/').count();
    return "../".repeat(above) + of(there.substring(common));
  }

  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNRESERVED_MARKS.indexOf(c) >= 0;
  }
}
