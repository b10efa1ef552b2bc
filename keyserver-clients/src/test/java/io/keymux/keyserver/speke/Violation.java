package io.keymux.keyserver.speke;

import static io.keymux.keyserver.speke.AnswerEdits.drmSystem;

import io.keymux.cpix.KeyId;
import java.util.function.UnaryOperator;

/**
 * One change of the good answer.
 *
 * @param found what the message must say
 * @param change of the good answer
 */
record Violation(String name, String found, UnaryOperator<String> change) {
  @Override
  public String toString() {
    return name;
  }

  static Violation swap(String name, String found, String from, String to) {
    return new Violation(name, found, xml -> xml.replace(from, to));
  }

  /** A change inside one DRMSystem element. */
  static Violation in(
      KeyId kid, String systemId, String name, String found, String from, String to) {
    String system = drmSystem(kid, systemId);
    return swap(name, found, system, system.replace(from, to));
  }
}
