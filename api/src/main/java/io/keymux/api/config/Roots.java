package io.keymux.api.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folders that clients of the service may name in {@code file:} URLs. */
public final class Roots {
  private final List<Path> roots;

  private Roots(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /**
   * @param roots folders; one that does not exist allows nothing
   */
  public static Roots of(List<Path> roots) {
    List<Path> real = new ArrayList<>();
    for (Path root : roots) {
      try {
        real.add(root.toRealPath());
      } catch (IOException e) {
        // Not there: nothing below it can be named.
      }
    }
    return new Roots(real);
  }

  /**
   * Whether {@code path} lies in a root once all links in it are followed. Of a path that does not
   * exist, the part that does is followed.
   */
  public boolean allow(Path path) {
    Path absolute = path.toAbsolutePath();
    if (!absolute.equals(absolute.normalize())) {
      return false;
    }
    try {
      Path existing = absolute;
      while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
        existing = existing.getParent();
        if (existing == null) {
          return false;
        }
      }
      Path real = existing.toRealPath().resolve(existing.relativize(absolute)).normalize();
      return roots.stream().anyMatch(real::startsWith);
    } catch (IOException e) {
      return false;
    }
  }
}
