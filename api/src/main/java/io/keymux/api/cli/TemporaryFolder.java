package io.keymux.api.cli;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.packager.output.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that only this user can enter; deleted with all that is in it. */
record TemporaryFolder(Path path) implements AutoCloseable {

  /**
   * @throws DrmException with code {@code output-not-writable} if the machine lets none be made
   */
  static TemporaryFolder make() {
    try {
      return new TemporaryFolder(Files.createTempDirectory("keymux-work-"));
    } catch (IOException e) {
      throw failure("made", e);
    }
  }

  @Override
  public void close() {
    try {
      if (Files.isDirectory(path)) {
        FileTree.delete(path);
      }
    } catch (IOException e) {
      throw failure("deleted", e);
    }
  }

  private static DrmException failure(String what, IOException e) {
    return new DrmException(
        Blame.OUTPUT,
        "output-not-writable",
        "A temporary folder cannot be %s: %s.".formatted(what, e.getClass().getSimpleName()),
        "Check the folder for temporary files, which java.io.tmpdir names.",
        e);
  }
}
