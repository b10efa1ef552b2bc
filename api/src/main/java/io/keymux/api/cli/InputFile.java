package io.keymux.api.cli;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads small files that arguments name. */
final class InputFile {
  private InputFile() {}

  /**
   * @param name a path, or {@code -} for standard input
   * @throws DrmException with code {@code input-unreadable} if it cannot be read, {@code
   *     input-too-large} beyond {@code limitBytes}
   */
  static byte[] read(String name, Console console, int limitBytes) {
    try (InputStream in = name.equals("-") ? console.in() : Files.newInputStream(Path.of(name))) {
      byte[] content = in.readNBytes(limitBytes + 1);
      if (content.length > limitBytes) {
        throw new DrmException(
            Blame.CALLER,
            "input-too-large",
            "%s is larger than %d bytes.".formatted(name, limitBytes),
            "Check that it is the right file.");
      }
      return content;
    } catch (IOException | InvalidPathException e) {
      throw new DrmException(
          Blame.CALLER,
          "input-unreadable",
          "%s cannot be read: %s.".formatted(name, e.getClass().getSimpleName()),
          "Check the path and its permissions.",
          e);
    }
  }
}
