package io.keymux.packager.job;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the name of a file in an output may be, on every file system and in every bucket. */
final class OutputPath {
  private static final int MOST_BYTES = 255;
  private static final int MOST_BYTES_IN_ALL = 900;

  /** Letters and digits of any script, and marks that need no care anywhere. */
  private static final Pattern PART = Pattern.compile("[\\p{L}\\p{M}\\p{N} ._~()+,=@-]+");

  private static final Pattern PART_WITH_BRACES =
      Pattern.compile("[\\p{L}\\p{M}\\p{N} ._~()+,=@{}-]+");

  /** Names of devices on Windows, whatever follows a dot. */
  private static final Pattern DEVICE =
      Pattern.compile("(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\\..*)?");

  private OutputPath() {}

  /**
   * @param field of {@code output.names}
   * @param path relative, with {@code /}
   * @param braces whether they may stand in it
   * @return the path
   * @throws InvalidJobException with code {@code invalid-output-name}
   */
  static String require(String field, String path, boolean braces) {
    if (path.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES_IN_ALL) {
      throw invalid(field, path, "is longer than " + MOST_BYTES_IN_ALL + " bytes");
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.startsWith(".") || part.endsWith(".") || part.endsWith(" ")) {
        throw invalid(
            field, path, "has an empty part, or one that begins with a dot or ends with one");
      }
      if (part.startsWith("-") || part.startsWith(" ")) {
        throw invalid(field, path, "has a part that begins with a hyphen or a space");
      }
      if (!(braces ? PART_WITH_BRACES : PART).matcher(part).matches()) {
        throw invalid(field, path, "has characters that are not letters, digits or ._~()+,=@-");
      }
      if (DEVICE.matcher(part.toLowerCase(Locale.ROOT)).matches()) {
        throw invalid(field, path, "has a part that is a device on Windows");
      }
      if (part.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
        throw invalid(field, path, "has a part longer than " + MOST_BYTES + " bytes");
      }
    }
    return path;
  }

  static InvalidJobException invalid(String field, String name, String why) {
    return new InvalidJobException(
        "invalid-output-name",
        "output.names." + field,
        "\"%s\" %s.".formatted(shown(name), why),
        "Write it as {inputName}_{definition}_{subStreamNumber}.{format}, with / for folders in"
            + " track and segment.");
  }

  static String shown(String name) {
    String plain = name.replaceAll("[^\\p{L}\\p{N}\\p{P} =+~]", "?");
    return plain.length() > 80 ? plain.substring(0, 80) + "…" : plain;
  }
}
