package io.keymux.api.config;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.keymux.api.envelope.SeedFile;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.output.FileTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder with the service's state: the seed that all embedded keys come from, and the output of
 * jobs that name none. Only its owner can enter it.
 */
public final class DataDirectory implements SeedFile {
  /** Size of the seed, in bytes. */
  public static final int SEED_BYTES = 32;

  /** Stands in the file of a seed that was moved; longer than a seed. */
  private static final byte[] ELSEWHERE =
      "The seed is in the service's database, encrypted.\n".getBytes(US_ASCII);

  private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.complementOf(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));

  private final Path path;

  private DataDirectory(Path path) {
    this.path = path;
  }

  /**
   * Where state is kept if nobody says so: {@code KEYMUX_DATA}, else the user's state folder.
   *
   * @param environment the process' environment
   * @param home the user's home folder
   * @see "XDG Base Directory Specification 0.8, XDG_STATE_HOME"
   */
  public static Path defaultPath(Map<String, String> environment, Path home) {
    String data = environment.get("KEYMUX_DATA");
    if (data != null && !data.isEmpty()) {
      return Path.of(data).toAbsolutePath();
    }
    String state = environment.get("XDG_STATE_HOME");
    return state != null && Path.of(state).isAbsolute()
        ? Path.of(state, "keymux")
        : home.resolve(".local/state/keymux");
  }

  /**
   * Opens or makes the folder, with mode 0700.
   *
   * @throws DrmException with code {@code data-directory} if it cannot be made or others can enter
   *     it
   */
  public static DataDirectory open(Path path) {
    try {
      Path parent = path.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      if (!Files.isDirectory(path)) {
        Files.createDirectory(path, ownerOnly("rwx------"));
      }
      requireOwnerOnly(path);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(path)) {
        throw unusable(path, "is not a folder", e);
      }
    } catch (IOException e) {
      throw unusable(path, "cannot be made or read: " + e.getClass().getSimpleName(), e);
    }
    return new DataDirectory(path);
  }

  /** The folder itself. */
  public Path path() {
    return path;
  }

  /** The folder of all {@link #outputOf}; it need not exist. */
  public Path outputs() {
    return path.resolve("outputs");
  }

  /** Where the output of job {@code id} goes if the job names no output. */
  public Path outputOf(String id) {
    return outputs().resolve(id);
  }

  /** Deletes what {@link #outputOf} holds, as far as it can be deleted. */
  public void deleteOutputOf(String id) {
    Path output = outputOf(id);
    try {
      if (Files.isDirectory(output, LinkOption.NOFOLLOW_LINKS)) {
        FileTree.delete(output);
      }
    } catch (IOException e) {
      log.warn("the output of job {} stays: {}", id, e.getClass().getSimpleName());
    }
  }

  /**
   * The seed; made at random at the first call. A seed that is lost takes all keys made from it
   * along.
   *
   * @throws DrmException with code {@code data-directory} if it cannot be read or written, has
   *     another size, is elsewhere, or can be read by others
   */
  @Override
  public SecretBytes seed() {
    Path file = path.resolve("seed");
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      if (isElsewhere(file)) {
        throw new DrmException(
            Blame.OUTPUT,
            "data-directory",
            "The seed of %s is in the service's database, encrypted.".formatted(path),
            "Ask the service for its keys, or name another folder with --data or KEYMUX_DATA.");
      }
    } catch (IOException e) {
      throw unusable(file, "cannot be read or written: " + e.getClass().getSimpleName(), e);
    }
    return read(file);
  }

  @Override
  public Optional<SecretBytes> storedSeed() {
    Path file = path.resolve("seed");
    try {
      return Files.exists(file) && !isElsewhere(file) ? Optional.of(read(file)) : Optional.empty();
    } catch (IOException e) {
      throw unusable(file, "cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }

  @Override
  public void seedIsElsewhere() {
    Path file = path.resolve("seed");
    try {
      if (Files.exists(file) && isElsewhere(file)) {
        return;
      }
      Path fresh = Files.createTempFile(path, "seed", ".new", ownerOnly("rw-------"));
      Files.write(fresh, ELSEWHERE);
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw unusable(file, "cannot be replaced: " + e.getClass().getSimpleName(), e);
    }
  }

  private static boolean isElsewhere(Path file) throws IOException {
    return Files.size(file) == ELSEWHERE.length
        && Arrays.equals(Files.readAllBytes(file), ELSEWHERE);
  }

  private static SecretBytes read(Path file) {
    byte[] seed = new byte[SEED_BYTES];
    try {
      requireOwnerOnly(file);
      if (Files.size(file) != SEED_BYTES) {
        throw unusable(file, "has %d bytes, not 32".formatted(Files.size(file)), null);
      }
      ByteBuffer buffer = ByteBuffer.wrap(seed);
      try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
        while (buffer.hasRemaining() && in.read(buffer) >= 0) {
          // A short read is no end of file.
        }
      }
      if (buffer.hasRemaining()) {
        throw unusable(file, "became shorter while it was read", null);
      }
      return SecretBytes.copyOf(seed);
    } catch (IOException e) {
      throw unusable(file, "cannot be read or written: " + e.getClass().getSimpleName(), e);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /** Written under another name and linked into place: two first starts at once share one seed. */
  private void create(Path file) throws IOException {
    byte[] seed = new byte[SEED_BYTES];
    new SecureRandom().nextBytes(seed);
    Path fresh = Files.createTempFile(path, "seed", ".new", ownerOnly("rw-------"));
    try {
      Files.write(fresh, seed);
      Files.createLink(file, fresh);
    } catch (FileAlreadyExistsException e) {
      // Another process was first; its seed counts.
    } finally {
      Arrays.fill(seed, (byte) 0);
      Files.deleteIfExists(fresh);
    }
  }

  private static void requireOwnerOnly(Path path) throws IOException {
    if (posix()) {
      Set<PosixFilePermission> found = EnumSet.noneOf(PosixFilePermission.class);
      found.addAll(Files.getPosixFilePermissions(path));
      found.retainAll(OTHERS);
      if (!found.isEmpty()) {
        throw unusable(
            path,
            "is open to other users ("
                + PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                + ")",
            null);
      }
    }
  }

  private static FileAttribute<?>[] ownerOnly(String mode) {
    return posix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean posix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }

  private static DrmException unusable(Path path, String why, @Nullable Throwable cause) {
    return new DrmException(
        Blame.OUTPUT,
        "data-directory",
        "%s %s.".formatted(path, why),
        "Name another folder with --data or KEYMUX_DATA, or correct its owner and mode.",
        cause);
  }
}
