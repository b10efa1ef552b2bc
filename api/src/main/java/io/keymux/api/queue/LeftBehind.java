package io.keymux.api.queue;

import io.keymux.packager.output.FileTree;
import io.keymux.packager.output.OutputException;
import io.keymux.packager.output.StagedOutput;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a killed attempt left in the output folder, where other jobs may be at work. An attempt that
 * was only held up finds its files gone and ends.
 */
final class LeftBehind {
  private LeftBehind() {}

  /**
   * @param owner the job
   * @throws OutputException if something cannot be deleted
   */
  static void remove(Path output, String owner) {
    if (!Files.isDirectory(output)) {
      return;
    }
    try (DirectoryStream<Path> attempts =
        Files.newDirectoryStream(output, StagedOutput.attempts(owner) + "*")) {
      for (Path attempt : attempts) {
        FileTree.delete(attempt);
      }
    } catch (IOException e) {
      throw OutputException.of(output.toString(), e);
    }
  }
}
