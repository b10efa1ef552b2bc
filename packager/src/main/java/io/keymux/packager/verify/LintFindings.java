package io.keymux.packager.verify;

import io.keymux.packager.verify.lint.HlsLint;
import io.keymux.packager.verify.lint.LintProblems;
import io.keymux.packager.verify.manifest.PresentationFolder;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Makes findings of what the lint of playlists says. */
record LintFindings(Consumer<Finding> findings) implements LintProblems {
  /**
   * @param root that holds all that {@code playlist} names
   */
  static void check(Path root, Path playlist, Consumer<Finding> findings) {
    // Files that are missing are found where media are read.
    PresentationFolder quiet = new PresentationFolder(root, (code, place, message) -> {});
    HlsLint.check(quiet, playlist, new LintFindings(findings));
  }

  @Override
  public void error(String code, String place, String message) {
    findings.accept(Finding.error(code, place, message));
  }

  @Override
  public void warning(String code, String place, String message) {
    findings.accept(Finding.warning(code, place, message));
  }
}
