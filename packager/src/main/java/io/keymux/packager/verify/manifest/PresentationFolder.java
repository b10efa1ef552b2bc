package io.keymux.packager.verify.manifest;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that manifests name. A manifest is not trusted: what leaves the folder, also
 * through a link, is a problem and is never opened.
 */
public final class PresentationFolder {
  private static final int MAX_MANIFEST_BYTES = 64 * 1024 * 1024;

  private final Path root;
  private final ManifestProblems problems;
  private final FileSupply supply;

  public PresentationFolder(Path root, ManifestProblems problems) {
    this(root, problems, FileSupply.NONE);
  }

  /**
   * @param supply brings files that are not there yet
   */
  public PresentationFolder(Path root, ManifestProblems problems, FileSupply supply) {
    this.root = root.toAbsolutePath().normalize();
    this.problems = problems;
    this.supply = supply;
  }

  /** Relative to the folder, with {@code /}. */
  public String name(Path file) {
    return root.relativize(file.toAbsolutePath().normalize())
        .toString()
        .replace(root.getFileSystem().getSeparator(), "/");
  }

  /** Says what is wrong. */
  public void problem(String code, String place, String message) {
    problems.problem(code, place, message);
  }

  /**
   * @throws DrmException with code {@code input-unreadable} or {@code manifest-too-large}
   */
  public byte[] read(Path manifest) {
    try (InputStream in = Files.newInputStream(manifest)) {
      byte[] bytes = in.readNBytes(MAX_MANIFEST_BYTES + 1);
      if (bytes.length > MAX_MANIFEST_BYTES) {
        throw new DrmException(
            Blame.CALLER,
            "manifest-too-large",
            "%s has more than %d bytes.".formatted(manifest, MAX_MANIFEST_BYTES),
            "Check that it is a manifest.");
      }
      return bytes;
    } catch (IOException e) {
      throw new DrmException(
          Blame.CALLER,
          "input-unreadable",
          "%s cannot be read: %s.".formatted(manifest, e.getClass().getSimpleName()),
          "Check the path and its permissions.",
          e);
    }
  }

  /** The file that {@code reference} means, or null after saying why not. */
  public @Nullable Path file(Path folder, String reference, String place) {
    Path file = resolve(folder, reference);
    if (file == null || !file.startsWith(root)) {
      problem("path-outside", place, "\"" + reference + "\" is not a path inside the presentation");
      return null;
    }
    supply.supply(name(file), query(reference));
    if (!Files.isRegularFile(file)) {
      problem("file-missing", place, name(file) + " does not exist");
      return null;
    }
    try {
      if (!file.toRealPath().startsWith(root.toRealPath())) {
        problem("path-outside", place, name(file) + " is a link that leaves the presentation");
        return null;
      }
    } catch (IOException e) {
      problem("file-unreadable", place, name(file) + " cannot be read");
      return null;
    }
    return file;
  }

  /**
   * The range of the file that {@code reference} means, or null after saying why not.
   *
   * @param range or null for the whole file
   */
  @Nullable MediaPiece piece(
      Path folder, String reference, @Nullable PieceRange range, String place) {
    Path file = file(folder, reference, place);
    return file == null ? null : piece(file, range, place);
  }

  /** Likewise, of a file that {@link #file} gave. */
  @Nullable MediaPiece piece(Path file, @Nullable PieceRange range, String place) {
    try {
      long size = Files.size(file);
      if (range == null) {
        return new MediaPiece(name(file), file, 0, size);
      }
      if (range.offset() > size || range.length() > size - range.offset()) {
        problem(
            "range-outside-file",
            place,
            "bytes %d to %d of %s, which has %d"
                .formatted(range.offset(), range.offset() + range.length(), name(file), size));
        return null;
      }
      return new MediaPiece(name(file), file, range.offset(), range.length());
    } catch (IOException e) {
      problem("file-unreadable", place, name(file) + " cannot be read");
      return null;
    }
  }

  private static @Nullable String query(String reference) {
    int from = reference.indexOf('?');
    int to = reference.indexOf('#');
    return from < 0 || (to >= 0 && to < from)
        ? null
        : reference.substring(from + 1, to < 0 ? reference.length() : to).strip();
  }

  /** Null for an absolute URL, an absolute path or what is no path at all. */
  private static @Nullable Path resolve(Path folder, String reference) {
    try {
      URI uri = new URI(reference.strip());
      String path = uri.getPath();
      if (uri.getScheme() != null || uri.getRawAuthority() != null || path == null) {
        return null;
      }
      if (path.isEmpty() || path.startsWith("/")) {
        return null;
      }
      return folder.toAbsolutePath().resolve(path).normalize();
    } catch (URISyntaxException | InvalidPathException e) {
      return null;
    }
  }
}
