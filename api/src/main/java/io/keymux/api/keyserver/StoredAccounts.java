package io.keymux.api.keyserver;

import io.keymux.cpix.DrmException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/** The accounts that came over HTTP, a file each. They hold references to secrets, no secrets. */
final class StoredAccounts {
  private static final String ENDING = ".json";
  private static final int LARGEST_BYTES = 1 << 20;

  private final Path folder;

  /**
   * @param folder need not exist yet
   */
  StoredAccounts(Path folder) {
    this.folder = folder;
  }

  /**
   * All of them, by name.
   *
   * @throws DrmException with code {@code data-directory} if they cannot be read
   */
  Map<String, byte[]> all() {
    Map<String, byte[]> accounts = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return accounts;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (Files.size(file) <= LARGEST_BYTES) {
          accounts.put(
              name.substring(0, name.length() - ENDING.length()), Files.readAllBytes(file));
        }
      }
      return accounts;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * @param name that is safe as the name of a file
   * @throws DrmException with code {@code data-directory} if it cannot be written
   */
  void put(String name, byte[] account) {
    try {
      Files.createDirectories(folder);
      Path fresh = folder.resolve(name + ".new");
      Files.write(fresh, account);
      Files.move(
          fresh,
          folder.resolve(name + ENDING),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * @throws DrmException with code {@code data-directory} if it cannot be removed
   */
  void remove(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name + ENDING));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private DrmException unusable(IOException cause) {
    return new DrmException(
        DrmException.Blame.OUTPUT,
        "data-directory",
        "%s cannot be read or written: %s.".formatted(folder, cause.getClass().getSimpleName()),
        "Check its owner and mode, or name another folder with --data.",
        cause);
  }
}
