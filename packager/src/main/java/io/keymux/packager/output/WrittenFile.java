package io.keymux.packager.output;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file of the output, as it lies on the disk.
 *
 * @param name relative to the output folder, with {@code /}
 * @param sha256 lower-case hex, or null if nobody asked for it
 */
public record WrittenFile(String name, long bytes, @Nullable String sha256) {
  private static final int READ_BYTES = 64 * 1024;

  /**
   * All files below a folder, sorted by name.
   *
   * @param digests whether to read them all; several at once, on the common pool's threads
   * @throws OutputException if a file cannot be read back
   */
  public static List<WrittenFile> all(Path folder, boolean digests) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> paths = files.filter(Files::isRegularFile).sorted().toList();
      Stream<Path> each = digests ? paths.parallelStream() : paths.stream();
      return each.map(file -> of(folder, file, digests)).toList();
    } catch (IOException e) {
      throw OutputException.of(folder.toString(), e);
    }
  }

  private static WrittenFile of(Path folder, Path file, boolean digest) {
    String name = folder.relativize(file).toString().replace('\\', '/');
    try {
      return new WrittenFile(name, Files.size(file), digest ? digest(file) : null);
    } catch (IOException e) {
      throw OutputException.of(name, e);
    }
  }

  private static String digest(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[READ_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
