package io.keymux.packager.verify;

import io.keymux.packager.verify.lint.HlsLint;
import io.keymux.packager.verify.lint.LintProblems;
import io.keymux.packager.verify.manifest.PresentationFiles;
import io.keymux.packager.verify.manifest.PresentationFolder;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Makes findings of what the lint of playlists says. */
record LintFindings(Consumer<Finding> findings) implements LintProblems {
  /** Holds all playlists against the rules of HLS. */
  static void check(PresentationFiles files, Consumer<Finding> findings) {
    // Files that are missing are found where media are read.
    PresentationFolder quiet = new PresentationFolder(files.root(), (code, place, message) -> {});
    for (Path playlist : files.playlists()) {
      HlsLint.check(quiet, playlist, new LintFindings(findings));
    }
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
