package io.keymux.api.mps.wish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.api.mps.problem.MpsException;
import java.util.HexFormat;

/**
 * Where an object is in its bucket, as {@code /movies/a.mp4}. It never leads out of the bucket.
 *
 * @param text begins with a slash
 */
public record ObjectPath(String text) {
  private static final String PLAIN = "-._~!$'()*,;:@+=&";
  private static final int LONGEST = 1024;

  /**
   * @param path of the parameter, for messages
   * @param kind of the error code
   * @throws MpsException with code {@code InvalidParameterValue} and that kind, if it does not
   *     begin with a slash, has an empty, {@code .} or {@code ..} part or a control character
   */
  public static ObjectPath of(String text, String path, String kind) {
    if (!text.startsWith("/")) {
      throw MpsException.invalidValue(kind, path, "does not begin with a slash", "Add it.");
    }
    if (text.length() > LONGEST || !text.matches("\\P{Cntrl}*") || text.indexOf('\\') >= 0) {
      throw MpsException.invalidValue(
          kind, path, "is too long or has characters that paths cannot have", "Correct it.");
    }
    String parts = text.substring(1);
    String inside = parts.endsWith("/") ? parts.substring(0, parts.length() - 1) : parts;
    if (!inside.isEmpty()) {
      for (String part : inside.split("/", -1)) {
        if (part.isEmpty() || part.equals(".") || part.equals("..")) {
          throw MpsException.invalidValue(
              kind, path, "has an empty part, or one that is . or ..", "Write the plain path.");
        }
      }
    }
    return new ObjectPath(text);
  }

  /** Percent-encoded. */
  String encoded() {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || c == '/'
              || PLAIN.indexOf(c) >= 0;
      if (plain) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  /** The folder that it is in, with a slash at the end. */
  public String folder() {
    return text.substring(0, text.lastIndexOf('/') + 1);
  }

  /** The file name without its ending. */
  public String name() {
    String file = text.substring(text.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot <= 0 ? file : file.substring(0, dot);
  }

  /** The file name's ending without its dot; empty if there is none. */
  public String format() {
    String file = text.substring(text.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot <= 0 ? "" : file.substring(dot + 1);
  }
}
