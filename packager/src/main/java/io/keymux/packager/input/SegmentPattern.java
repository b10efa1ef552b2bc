package io.keymux.packager.input;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Media segments or images by the numbers in their names: {@code video/seg-*.m4s}. */
public final class SegmentPattern {
  private static final int MAX_DIGITS = 18;

  private SegmentPattern() {}

  /**
   * The files of a pattern by rising number.
   *
   * @param pattern a path whose last name has one {@code *}, which stands for a number in decimal
   *     digits, with or without leading zeros
   * @throws DrmException with code {@code invalid-segment-pattern} if it has not; {@code
   *     segments-not-found} if there is no such file; {@code segment-missing} if a number between
   *     the first and the last is not there, or there twice; {@code input-unreadable} if the folder
   *     cannot be listed
   */
  public static List<Path> files(Path pattern) {
    String name = String.valueOf(pattern.getFileName());
    int star = name.indexOf('*');
    Path parent = pattern.getParent();
    boolean inFolder = parent != null && parent.toString().contains("*");
    if (star < 0 || name.indexOf('*', star + 1) >= 0 || inFolder) {
      throw new DrmException(
          Blame.CALLER,
          "invalid-segment-pattern",
          "\"%s\" does not have one * in its last name.".formatted(pattern),
          "Write * where the number stands: seg-*.m4s.");
    }
    SortedMap<Long, Path> found = find(pattern, name.substring(0, star), name.substring(star + 1));
    if (found.isEmpty()) {
      throw new DrmException(
          Blame.CALLER,
          "segments-not-found",
          "No file has a name such as %s.".formatted(pattern),
          "Check the folder and the name: * stands for a number.");
    }
    long next = found.firstKey();
    for (Map.Entry<Long, Path> file : found.entrySet()) {
      if (file.getKey() != next) {
        throw missing(
            "Of %s, number %d is not there, but %d is.".formatted(pattern, next, file.getKey()));
      }
      next++;
    }
    return List.copyOf(found.values());
  }

  private static SortedMap<Long, Path> find(Path pattern, String before, String behind) {
    SortedMap<Long, Path> found = new TreeMap<>();
    Path folder = pattern.toAbsolutePath().getParent();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        int end = name.length() - behind.length();
        if (end <= before.length() || !name.startsWith(before) || !name.endsWith(behind)) {
          continue;
        }
        String number = name.substring(before.length(), end);
        if (number.length() > MAX_DIGITS || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
          continue;
        }
        if (found.put(Long.valueOf(number), pattern.resolveSibling(name)) != null) {
          throw missing(
              "Of %s, number %s is there twice, as %s too.".formatted(pattern, number, name));
        }
      }
    } catch (IOException e) {
      throw new DrmException(
          Blame.CALLER,
          "input-unreadable",
          "Folder %s cannot be listed: %s.".formatted(folder, e.getClass().getSimpleName()),
          "Check the path and its permissions.",
          e);
    }
    return found;
  }

  private static DrmException missing(String problem) {
    return new DrmException(
        Blame.CALLER, "segment-missing", problem, "Give all files, numbered without a hole.");
  }
}
