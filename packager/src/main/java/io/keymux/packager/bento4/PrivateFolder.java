package io.keymux.packager.bento4;

import io.keymux.packager.output.FileTree;
import io.keymux.packager.output.OutputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for files between two programs, which this user alone may enter; gone when closed. */
final class PrivateFolder implements AutoCloseable {
  private static final long NEXT_TO_NOTHING_BYTES = 1 << 20;

  private final Path path;

  private PrivateFolder(Path path) {
    this.path = path;
  }

  /**
   * Temporary folders of the JDK have mode 0700.
   *
   * @throws OutputException if it cannot be made
   */
  static PrivateFolder in(Path parent) {
    try {
      return new PrivateFolder(Files.createTempDirectory(parent, ".bento4-"));
    } catch (IOException e) {
      throw OutputException.of(parent.toString(), e);
    }
  }

  Path path() {
    return path;
  }

  Path file(String name) {
    return path.resolve(name);
  }

  /**
   * The programs do not notice that they write in vain.
   *
   * @throws OutputException with code {@code storage-full} if there is no space left to speak of
   */
  void requireSpace() {
    try {
      if (Files.getFileStore(path).getUsableSpace() < NEXT_TO_NOTHING_BYTES) {
        throw OutputException.of(
            path.toString(), new IOException("No space left behind the program"));
      }
    } catch (IOException e) {
      throw OutputException.of(path.toString(), e);
    }
  }

  /** Deletes one file early. */
  void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw OutputException.of(file.toString(), e);
    }
  }

  /**
   * @throws OutputException if something cannot be deleted: it must not be published
   */
  @Override
  public void close() {
    try {
      FileTree.delete(path);
    } catch (IOException e) {
      throw OutputException.of(path.toString(), e);
    }
  }
}
