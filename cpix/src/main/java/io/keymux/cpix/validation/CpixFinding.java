package io.keymux.cpix.validation;

/**
 * One thing that a document has against a profile. It never holds the value of a key, of an IV or
 * of anything that stands where a key may stand.
 *
 * @param rule stable, kebab-case, documented in {@code docs/cpix-rules.md}
 * @param xpath of the element or attribute, in the prefixes of the document; of what is missing,
 *     the path that it would have; {@code /} for XML that is refused
 * @param problem one sentence
 * @param remedy one sentence: what to do
 */
public record CpixFinding(
    Severity severity, String rule, String xpath, String problem, String remedy) {

  /** Whether the document breaks the profile. */
  public enum Severity {
    /** It does: peers may refuse the document. */
    ERROR,
    /** It does not, or only in a way that the chosen strictness forgives. */
    WARNING
  }
}
