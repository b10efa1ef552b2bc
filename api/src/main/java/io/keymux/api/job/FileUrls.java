package io.keymux.api.job;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads {@code file:} URLs. */
final class FileUrls {
  private FileUrls() {}

  /**
   * The local path, or null if it is no {@code file:} URL with an absolute path and nothing else.
   */
  static @Nullable Path path(String url) {
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
}
