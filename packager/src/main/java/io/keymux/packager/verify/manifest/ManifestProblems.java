package io.keymux.packager.verify.manifest;

/** Takes what is wrong with a manifest; reading goes on with what is left. */
@FunctionalInterface
public interface ManifestProblems {

  /**
   * @param code stable, kebab-case
   * @param place file, and line or XPath in it
   * @param message what is wrong, with values; never a key server's URL
   */
  void problem(String code, String place, String message);
}
