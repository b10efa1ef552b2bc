package io.keymux.api.storage;

import io.keymux.api.config.Roots;
import io.keymux.api.problem.StorageException;
import io.keymux.packager.input.InputFile;
import io.keymux.packager.input.SegmentPattern;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of this machine that clients may name in {@code file:} URLs. */
public final class LocalStorage {
  private final Roots roots;

  LocalStorage(Roots roots) {
    this.roots = roots;
  }

  /**
   * The local path, or null if it is no {@code file:} URL with an absolute path and nothing else.
   */
  public static @Nullable Path path(String url) {
    try {
      URI uri = URI.create(url);
      if (!"file".equalsIgnoreCase(uri.getScheme())
          || (uri.getHost() != null && !uri.getHost().isEmpty())) {
        return null;
      }
      return Path.of(URI.create("file://" + uri.getRawPath()));
    } catch (RuntimeException e) {
      // Path.of(URI) throws one of several unchecked kinds, all of which mean the same here.
      return null;
    }
  }

  InputFile input(String url) {
    return InputFile.of(allowed(url));
  }

  List<InputFile> inputs(String url) {
    List<InputFile> files = new ArrayList<>();
    for (Path file : SegmentPattern.files(allowed(url))) {
      // A link may lead out of the folder that the pattern lies in.
      files.add(InputFile.of(allowed(file)));
    }
    return files;
  }

  @Nullable InputFile named(String playlist, URI reference) {
    String path = reference.getPath();
    if (reference.getScheme() != null
        || reference.getRawAuthority() != null
        || path == null
        || path.isEmpty()) {
      return null;
    }
    return InputFile.of(allowed(allowed(playlist).resolveSibling(path).normalize()));
  }

  Path allowed(String url) {
    Path path = path(url);
    if (path == null) {
      throw StorageException.notSupported(
          "The URL is no file: URL of a local path.", "Write it as file:///folder/file.");
    }
    return allowed(path);
  }

  private Path allowed(Path path) {
    if (!roots.allow(path)) {
      throw StorageException.pathNotAllowed();
    }
    return path;
  }
}
