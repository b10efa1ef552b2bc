package io.keymux.packager.input;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of this machine. */
record LocalFile(Path path) implements InputFile {

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public String fileName() {
    return last(path);
  }

  @Override
  public String folderName() {
    return last(path.toAbsolutePath().normalize().getParent());
  }

  private static String last(@Nullable Path path) {
    Path name = path == null ? null : path.getFileName();
    return name == null ? "" : name.toString();
  }

  @Override
  public long size() {
    try {
      if (!Files.isRegularFile(path)) {
        FileSource.open(path).close();
      }
      return Files.size(path);
    } catch (IOException e) {
      throw new DrmException(
          Blame.CALLER,
          "input-unreadable",
          "Input %s cannot be opened: %s.".formatted(path, e.getClass().getSimpleName()),
          "Check the path and its permissions.",
          e);
    }
  }

  @Override
  public MediaSource open() {
    return FileSource.open(path);
  }

  @Override
  public String toString() {
    return name();
  }
}
