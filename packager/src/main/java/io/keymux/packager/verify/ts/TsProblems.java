package io.keymux.packager.verify.ts;

/** Takes what is wrong with a segment; reading goes on with what is left. */
@FunctionalInterface
public interface TsProblems {

  /**
   * @param code stable, kebab-case
   * @param place file, and packet or frame in it
   * @param message what is wrong, with values
   */
  void problem(String code, String place, String message);
}
