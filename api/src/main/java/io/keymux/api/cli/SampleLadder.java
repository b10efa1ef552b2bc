package io.keymux.api.cli;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The sample that the jar holds. */
public final class SampleLadder {
  private static final List<String> FILES =
      List.of("video-360p.mp4", "video-540p.mp4", "video-720p.mp4", "audio-stereo.mp4");

  private SampleLadder() {}

  /**
   * Writes the files into {@code folder}, which must not exist.
   *
   * @throws DrmException with code {@code output-not-writable} if that is not possible
   */
  public static List<Path> unpack(Path folder) {
    List<Path> files = new ArrayList<>();
    try {
      Files.createDirectory(folder);
      for (String name : FILES) {
        String resource = "sample-ladder/" + name;
        try (InputStream in = SampleLadder.class.getClassLoader().getResourceAsStream(resource)) {
          if (in == null) {
            throw new IllegalStateException(resource + " is not in the jar");
          }
          Files.copy(in, folder.resolve(name));
          files.add(folder.resolve(name));
        }
      }
      return files;
    } catch (IOException e) {
      throw new DrmException(
          Blame.OUTPUT,
          "output-not-writable",
          "The sample cannot be written to " + folder + ": " + e.getClass().getSimpleName() + ".",
          "Check the space and the permissions of the temporary folder.",
          e);
    }
  }

  /** Removes a folder of ours; what cannot be removed stays. */
  public static void deleteTree(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // A temporary folder: the system's own clean-up takes what is left.
    }
  }
}
