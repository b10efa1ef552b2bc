package io.keymux.api.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where audit logs are: a folder for each process that shared the data directory, {@code 0} for the
 * first, with files {@code audit-NUMBER.jsonl} by their first entry and a file {@code head} that
 * says which line is the last; beside them {@code key}, unless the configuration has one.
 */
final class AuditFolder {
  /** Size of a key, in bytes. */
  static final int KEY_BYTES = 32;

  private static final String HEAD = "head";
  private static final int MOST_CHAINS = 64;

  private final Path path;

  AuditFolder(Path path) {
    this.path = path;
  }

  /** Of a data directory. */
  static AuditFolder of(Path data) {
    return new AuditFolder(data.resolve("audit"));
  }

  Path path() {
    return path;
  }

  /** The folder of a chain. */
  Path chain(int number) {
    return path.resolve(String.valueOf(number));
  }

  /** Those that are there. */
  List<Path> chains() throws IOException {
    return Stream.iterate(0, number -> number + 1)
        .limit(MOST_CHAINS)
        .map(this::chain)
        .filter(Files::isDirectory)
        .toList();
  }

  /** A new folder with everything in it, for its owner alone. */
  void make(Path folder) throws IOException {
    Files.createDirectories(path, ownerOnly("rwx------"));
    Files.createDirectories(folder, ownerOnly("rwx------"));
  }

  /** The key that is kept here; made at random if there is none. */
  SecretBytes key() throws IOException {
    Path file = path.resolve("key");
    byte[] key = new byte[KEY_BYTES];
    try {
      if (!Files.exists(file)) {
        make(path);
        new SecureRandom().nextBytes(key);
        Path fresh = Files.createTempFile(path, "key", ".new", ownerOnly("rw-------"));
        try {
          Files.write(fresh, key);
          Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
          // Another process was first; its key counts.
        } finally {
          Files.deleteIfExists(fresh);
        }
      }
      Arrays.fill(key, (byte) 0);
      key = Files.readAllBytes(file);
      if (key.length != KEY_BYTES) {
        throw AuditException.unreadable(file, null);
      }
      return SecretBytes.copyOf(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  /** The files of a chain, in order. */
  static List<Path> files(Path chain) throws IOException {
    try (Stream<Path> all = Files.list(chain)) {
      return all.filter(file -> file.getFileName().toString().matches("audit-\\d{12}\\.jsonl"))
          .sorted()
          .toList();
    }
  }

  static Path file(Path chain, long firstSeq) {
    return chain.resolve("audit-%012d.jsonl".formatted(firstSeq));
  }

  /** Opens or makes a file, for its owner alone. */
  static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ),
        ownerOnly("rw-------"));
  }

  static Path head(Path chain) {
    return chain.resolve(HEAD);
  }

  /** What the file {@code head} says: a line of the chain itself, as text; empty if none. */
  static String readHead(Path chain) throws IOException {
    Path file = head(chain);
    return Files.exists(file) ? Files.readString(file, UTF_8).strip() : "";
  }

  static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static FileAttribute<?>[] ownerOnly(String mode) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }
}
