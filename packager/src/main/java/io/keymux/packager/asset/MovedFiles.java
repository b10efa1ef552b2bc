package io.keymux.packager.asset;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Files in which media has moved, because the {@code moov} before it has another size. */
final class MovedFiles {
  private record Move(long oldEnd, long by) {}

  private final Map<Path, Move> moves = new HashMap<>();

  /**
   * @param oldEnd of {@code moov} in the old file
   * @param newEnd of {@code moov} in the new one
   */
  void add(Path file, long oldEnd, long newEnd) {
    moves.put(file, new Move(oldEnd, newEnd - oldEnd));
  }

  /** Whether media is at other places than before. */
  boolean moves(Path file) {
    Move move = moves.get(file);
    return move != null && move.by() != 0;
  }

  /** Where a byte of the old file is in the new one; bytes of {@code moov} itself stay. */
  long offset(Path file, long offset) {
    Move move = moves.get(file);
    return move == null || offset < move.oldEnd() ? offset : offset + move.by();
  }

  /** The same of the end of a range, which counts the bytes before it. */
  long end(Path file, long end) {
    Move move = moves.get(file);
    return move == null || end < move.oldEnd() ? end : end + move.by();
  }
}
