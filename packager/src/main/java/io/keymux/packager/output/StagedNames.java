package io.keymux.packager.output;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The files of an attempt by their names, relative to its folder, with {@code /}. */
final class StagedNames {
  private StagedNames() {}

  /**
   * @param folders whether what lies in a folder is named by the folder alone
   */
  static List<String> in(Path staging, boolean folders) throws IOException {
    try (Stream<Path> entries =
        folders ? Files.list(staging) : Files.walk(staging).filter(Files::isRegularFile)) {
      return new ArrayList<>(
          entries
              .map(path -> staging.relativize(path).toString().replace('\\', '/'))
              .sorted()
              .toList());
    }
  }

  /** By way of a folder of their own, since a new name may be another's old one. */
  static void apply(Path staging, Map<String, String> moves) throws IOException {
    Path aside = Files.createDirectory(staging.resolve(".renamed-" + UUID.randomUUID()));
    for (Map.Entry<String, String> move : moves.entrySet()) {
      Path place = aside.resolve(move.getValue());
      Files.createDirectories(place.getParent());
      Files.move(staging.resolve(move.getKey()), place);
    }
    for (String old : in(staging, true)) {
      Path left = staging.resolve(old);
      if (!left.equals(aside) && Files.isDirectory(left, LinkOption.NOFOLLOW_LINKS)) {
        FileTree.delete(left);
      }
    }
    for (String name : in(aside, true)) {
      Files.move(aside.resolve(name), staging.resolve(name));
    }
    Files.delete(aside);
  }

  /** The folder that keeps what is replaced by a file. */
  static Path aside(Path replaced, String name) throws IOException {
    Path folder = replaced.resolve(name).getParent();
    return folder == null ? replaced : Files.createDirectories(folder);
  }

  /**
   * Makes the folder that a file goes to.
   *
   * @throws IOException if a part of it is a link, which could lead anywhere, or a file
   */
  static void makeFolder(Path target, String name) throws IOException {
    Path folder = target.resolve(name).getParent();
    if (folder == null || folder.equals(target)) {
      return;
    }
    Path at = target;
    for (Path part : target.relativize(folder)) {
      at = at.resolve(part);
      if (Files.isSymbolicLink(at)) {
        throw new FileSystemException(at.toString(), null, "is a link");
      }
      if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(at);
      }
    }
  }
}
