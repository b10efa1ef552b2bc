package io.keymux.packager.verify.lint;

/** Is told what breaks a rule. Codes are those of {@code docs/errors.md}. */
public interface LintProblems {
  /** Some player will fail. */
  void error(String code, String place, String message);

  /** Legal, but not what all players like. */
  void warning(String code, String place, String message);
}
