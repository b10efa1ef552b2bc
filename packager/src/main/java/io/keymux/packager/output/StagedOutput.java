package io.keymux.packager.output;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.keymux.cpix.DrmException;
import io.keymux.packager.input.InputFile;
import io.keymux.packager.input.MediaSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The output of one attempt. Files are written to a hidden folder inside the output folder and
 * moved to their places by {@link #publish}, manifests last; {@link #close} removes what was not
 * published.
 */
public final class StagedOutput implements AutoCloseable {
  private static final String REPLACED = ".replaced";
  private static final int COPY_BYTES = 256 * 1024;

  private final Path target;
  private final Path staging;
  private final @Nullable Path firstCreated;
  private boolean published;

  /** What was set aside could not be moved back: deleting the staging folder would delete it. */
  private boolean holdsForeignFiles;

  private StagedOutput(Path target, Path staging, @Nullable Path firstCreated) {
    this.target = target;
    this.staging = staging;
    this.firstCreated = firstCreated;
  }

  /**
   * Creates the output folder, if it is missing, and an attempt folder in it.
   *
   * @param guard whose owner the attempt folder is named after
   * @throws OutputException if it cannot
   */
  public static StagedOutput open(Path target, PublishGuard guard) {
    Path absolute = target.toAbsolutePath().normalize();
    Path missing = firstMissing(absolute);
    Path staging = absolute.resolve(attempts(guard.owner()) + UUID.randomUUID());
    try {
      Files.createDirectories(staging);
    } catch (IOException e) {
      removeEmptyParents(absolute, missing);
      throw OutputException.of(target.toString(), e);
    }
    return new StagedOutput(absolute, staging, missing);
  }

  /** What the names of an owner's attempt folders start with. */
  public static String attempts(String owner) {
    return owner.isEmpty() ? ".attempt-" : ".attempt-" + owner + "-";
  }

  /** Where the attempt's files lie until they are published. */
  public Path folder() {
    return staging;
  }

  /**
   * @param name relative to the output folder, with {@code /}
   * @param start where the first part begins, in bytes
   */
  public OutputFile file(String name, long start, int parts) {
    return new OutputFile(staging.resolve(name), name, start, parts);
  }

  /** Writes a whole small file. */
  public void write(String name, String text) {
    try {
      Path path = staging.resolve(name);
      Files.createDirectories(path.getParent());
      Files.write(path, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw OutputException.of(name, e);
    }
  }

  /**
   * Copies a file of the input as it is.
   *
   * @throws OutputException if it cannot be written
   * @throws io.keymux.cpix.DrmException as {@link MediaSource#read}
   */
  public void copy(String name, InputFile file) {
    try (MediaSource source = file.open()) {
      Path path = staging.resolve(name);
      Files.createDirectories(path.getParent());
      try (FileChannel out = FileChannel.open(path, CREATE_NEW, WRITE)) {
        byte[] piece = new byte[(int) Math.min(COPY_BYTES, source.size())];
        for (long at = 0; at < source.size(); at += piece.length) {
          int length = (int) Math.min(piece.length, source.size() - at);
          source.read(at, piece, 0, length);
          ByteBuffer left = ByteBuffer.wrap(piece, 0, length);
          while (left.hasRemaining()) {
            out.write(left);
          }
        }
      }
    } catch (IOException e) {
      throw OutputException.of(name, e);
    }
  }

  /** A file of the input as it is: the same file under another name, or a copy of it. */
  public void link(String name, Path source) {
    try {
      Path path = staging.resolve(name);
      Files.createDirectories(path.getParent());
      Files.createLink(path, source.toRealPath());
    } catch (IOException | UnsupportedOperationException e) {
      copy(name, InputFile.of(source));
    }
  }

  /**
   * A file of the input with another start.
   *
   * @param from where what follows begins in {@code source}, in bytes
   */
  public void splice(String name, byte[] start, Path source, long from) {
    try {
      Path path = staging.resolve(name);
      Files.createDirectories(path.getParent());
      try (FileChannel in = FileChannel.open(source);
          FileChannel out = FileChannel.open(path, CREATE_NEW, WRITE)) {
        ByteBuffer head = ByteBuffer.wrap(start);
        while (head.hasRemaining()) {
          out.write(head);
        }
        long at = from;
        while (at < in.size()) {
          at += in.transferTo(at, in.size() - at, out);
        }
      }
    } catch (IOException e) {
      throw OutputException.of(name, e);
    }
  }

  /** As {@link #publish(List, boolean, PublishGuard)}, where folders replace folders. */
  public void publish(List<String> manifests, PublishGuard guard) {
    publish(manifests, true, guard);
  }

  /**
   * Moves everything to its place. Manifests of an earlier run vanish first and the new ones come
   * last, so that no manifest is ever seen beside media that is not its own.
   *
   * @param manifests files directly in the output folder, in the order in which they appear; those
   *     that this attempt did not write only vanish
   * @param folders whether a folder replaces what was in it; else each file replaces one of its
   *     name, since folders may be shared with other outputs
   * @param guard asked before each move
   * @throws OutputException if something cannot be moved; what was moved is moved back
   * @throws io.keymux.cpix.DrmException as {@code guard} throws it; likewise
   */
  public void publish(List<String> manifests, boolean folders, PublishGuard guard) {
    Moves moves = new Moves(guard);
    try {
      Path replaced = Files.createDirectories(staging.resolve(REPLACED));
      for (String manifest : manifests) {
        moves.setAside(target.resolve(manifest), replaced);
      }
      List<String> media = StagedNames.in(staging, folders);
      media.removeAll(manifests);
      media.removeIf(name -> name.equals(REPLACED) || name.startsWith(REPLACED + "/"));
      for (String name : media) {
        StagedNames.makeFolder(target, name);
        moves.setAside(target.resolve(name), StagedNames.aside(replaced, name));
        moves.move(staging.resolve(name), target.resolve(name));
      }
      for (String manifest : manifests) {
        if (Files.exists(staging.resolve(manifest))) {
          moves.move(staging.resolve(manifest), target.resolve(manifest));
        }
      }
      published = true;
    } catch (IOException e) {
      holdsForeignFiles = !moves.back(e);
      throw OutputException.of(target.toString(), e);
    } catch (DrmException e) {
      holdsForeignFiles = !moves.back(e);
      throw e;
    }
  }

  /**
   * Gives files other names.
   *
   * @param moves new names by those that they have, relative to the output folder, with {@code /}
   */
  public void rename(Map<String, String> moves) {
    try {
      StagedNames.apply(staging, moves);
    } catch (IOException e) {
      throw OutputException.of(target.toString(), e);
    }
  }

  /** Removes the attempt folder, and the output folder if this attempt made it in vain. */
  @Override
  public void close() {
    if (holdsForeignFiles) {
      return;
    }
    try {
      delete(staging);
    } catch (IOException e) {
      throw OutputException.of(staging.toString(), e);
    }
    if (!published) {
      removeEmptyParents(target, firstCreated);
    }
  }

  private static @Nullable Path firstMissing(Path path) {
    Path missing = null;
    for (Path p = path; p != null && Files.notExists(p); p = p.getParent()) {
      missing = p;
    }
    return missing;
  }

  private static void removeEmptyParents(Path from, @Nullable Path firstCreated) {
    if (firstCreated == null) {
      return;
    }
    try {
      for (Path p = from; p != null && p.startsWith(firstCreated); p = p.getParent()) {
        Files.deleteIfExists(p);
      }
    } catch (IOException e) {
      // Somebody else put files there: they stay.
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.isRegularFile(path) || Files.isSymbolicLink(path)) {
      Files.delete(path);
      return;
    }
    if (Files.notExists(path)) {
      return;
    }
    FileTree.delete(path);
  }
}
