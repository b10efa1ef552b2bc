package io.keymux.cpix.signaling;

import io.keymux.cpix.KeyId;
import java.util.List;

/**
 * What is in a piece of initialization data, for people.
 *
 * @param kind {@code pssh box}, {@code PlayReady object}, {@code WRMHEADER} or {@code Widevine
 *     data}
 * @param fields in reading order; names may repeat
 * @param keyIds every KID that it names, outside and inside of the system's own data, each once
 * @param problems what is wrong with the system's own data; empty if it could be read
 */
public record PsshDescription(
    String kind, List<Field> fields, List<KeyId> keyIds, List<String> problems) {

  /**
   * @param value printable: a control character is a backslash, {@code u} and four hex digits
   */
  public record Field(String name, String value) {}

  public PsshDescription {
    fields = List.copyOf(fields);
    keyIds = List.copyOf(keyIds);
    problems = List.copyOf(problems);
  }

  /** Several lines: the kind, then {@code name: value}, then the problems. Ends in a newline. */
  public String toText() {
    StringBuilder text = new StringBuilder(kind).append('\n');
    fields.forEach(
        field ->
            text.append("  ").append(field.name()).append(": ").append(field.value()).append('\n'));
    problems.forEach(problem -> text.append("  problem: ").append(problem).append('\n'));
    return text.toString();
  }
}
