package io.keymux.packager.input;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    Path parent = pattern.getParent();
    String name = String.valueOf(pattern.getFileName());
    requireOneStar(pattern.toString(), parent == null ? "" : parent.toString(), name);
    Path folder = pattern.toAbsolutePath().getParent();
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
    } catch (IOException | DirectoryIteratorException e) {
      throw new DrmException(
          Blame.CALLER,
          "input-unreadable",
          "Folder %s cannot be listed: %s.".formatted(folder, e.getClass().getSimpleName()),
          "Check the path and its permissions.",
          e);
    }
    return names(pattern.toString(), name, names).stream().map(pattern::resolveSibling).toList();
  }

  /**
   * Refuses what is no pattern before anything is listed.
   *
   * @param shown the pattern as messages show it
   * @param folder everything before the last name
   * @param name the last name
   * @throws DrmException with code {@code invalid-segment-pattern} unless there is one {@code *},
   *     in the last name
   */
  public static void requireOneStar(String shown, String folder, String name) {
    int star = name.indexOf('*');
    if (star < 0 || name.indexOf('*', star + 1) >= 0 || folder.contains("*")) {
      throw new DrmException(
          Blame.CALLER,
          "invalid-segment-pattern",
          "\"%s\" does not have one * in its last name.".formatted(shown),
          "Write * where the number stands: seg-*.m4s.");
    }
  }

  /**
   * The names of a pattern by rising number.
   *
   * @param shown the pattern as messages show it
   * @param pattern a name with one {@code *}
   * @param all names of a folder, in any order
   * @throws DrmException with code {@code segments-not-found} or {@code segment-missing}, as {@link
   *     #files}
   */
  public static List<String> names(String shown, String pattern, Iterable<String> all) {
    SortedMap<Long, String> found = find(shown, pattern, all);
    if (found.isEmpty()) {
      throw new DrmException(
          Blame.CALLER,
          "segments-not-found",
          "No file has a name such as %s.".formatted(shown),
          "Check the folder and the name: * stands for a number.");
    }
    long next = found.firstKey();
    for (Map.Entry<Long, String> file : found.entrySet()) {
      if (file.getKey() != next) {
        throw missing(
            "Of %s, number %d is not there, but %d is.".formatted(shown, next, file.getKey()));
      }
      next++;
    }
    return List.copyOf(found.values());
  }

  private static SortedMap<Long, String> find(String shown, String pattern, Iterable<String> all) {
    int star = pattern.indexOf('*');
    String before = pattern.substring(0, star);
    String behind = pattern.substring(star + 1);
    SortedMap<Long, String> found = new TreeMap<>();
    for (String name : all) {
      int end = name.length() - behind.length();
      if (end <= before.length() || !name.startsWith(before) || !name.endsWith(behind)) {
        continue;
      }
      String number = name.substring(before.length(), end);
      if (number.length() > MAX_DIGITS || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
        continue;
      }
      if (found.put(Long.valueOf(number), name) != null) {
        throw missing("Of %s, number %s is there twice, as %s too.".formatted(shown, number, name));
      }
    }
    return found;
  }

  private static DrmException missing(String problem) {
    return new DrmException(
        Blame.CALLER, "segment-missing", problem, "Give all files, numbered without a hole.");
  }
}
