package io.keymux.packager.verify;

/**
 * Something that a verifier has to say.
 *
 * @param code stable, kebab-case
 * @param place file, and byte offset, box path, line or XPath in it
 * @param message what is wrong, with values
 */
public record Finding(Severity severity, String code, String place, String message) {

  /** How bad it is. */
  public enum Severity {
    /** Some player will fail. */
    ERROR,
    /** Legal, but not what was meant or what all players like. */
    WARNING,
    /** Nothing is wrong, but something that one would like to know could not be found out. */
    NOTE
  }

  public static Finding error(String code, String place, String message) {
    return new Finding(Severity.ERROR, code, place, message);
  }

  public static Finding warning(String code, String place, String message) {
    return new Finding(Severity.WARNING, code, place, message);
  }

  public static Finding note(String code, String place, String message) {
    return new Finding(Severity.NOTE, code, place, message);
  }

  @Override
  public String toString() {
    return severity.name().toLowerCase(java.util.Locale.ROOT)
        + "["
        + code
        + "] "
        + place
        + ": "
        + message;
  }
}
