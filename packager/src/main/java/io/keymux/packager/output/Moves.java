package io.keymux.packager.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Files and folders that change their places, all of them or none. */
final class Moves {
  private final PublishGuard guard;
  private final List<Move> done = new ArrayList<>();

  private record Move(Path from, Path to) {}

  Moves(PublishGuard guard) {
    this.guard = guard;
  }

  /** What an earlier run left is kept in a folder until the new is in place. */
  void setAside(Path place, Path folder) throws IOException {
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      move(place, folder.resolve(place.getFileName()));
    }
  }

  void move(Path from, Path to) throws IOException {
    guard.check();
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    done.add(new Move(from, to));
  }

  /**
   * Moves everything back, the last first.
   *
   * @param why gets what fails of it
   * @return whether all is back
   */
  boolean back(Exception why) {
    boolean complete = true;
    for (int i = done.size() - 1; i >= 0; i--) {
      Move move = done.get(i);
      try {
        Files.move(move.to(), move.from(), StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        why.addSuppressed(e);
        complete = false;
      }
    }
    return complete;
  }
}
