package io.keymux.packager.isobmff;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.box.MalformedBoxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The boxes directly inside one container. Nothing descends by itself, so nesting in a file cannot
 * become nesting of calls.
 *
 * @param path of the container for messages: {@code moov/trak[2]/mdia}
 * @param offset of the container's header from the start of the file
 */
record Children(String path, long offset, List<Box> boxes) {

  /** Counts the boxes of one {@code moov} or {@code moof}. */
  static final class Budget {
    private static final int MAX_BOXES = 100_000;

    private int taken;

    void take(long offset) {
      if (++taken > MAX_BOXES) {
        throw new MalformedBoxException(offset, "more than " + MAX_BOXES + " boxes");
      }
    }
  }

  static Children of(Box container, String path, Budget budget) {
    return new Children(path, container.offset(), read(container.body(), budget));
  }

  /** Reads boxes up to the end or to the zero word with which QuickTime may close a list. */
  static List<Box> read(BoxReader body, Budget budget) {
    List<Box> boxes = new ArrayList<>();
    while (body.hasRemaining() && !closing(body)) {
      budget.take(body.offset());
      boxes.add(body.box());
    }
    return List.copyOf(boxes);
  }

  private static boolean closing(BoxReader body) {
    if (body.remaining() >= 8) {
      return false;
    }
    long at = body.offset();
    while (body.hasRemaining()) {
      if (body.u8() != 0) {
        throw new MalformedBoxException(at, "a rest that is too short for a box");
      }
    }
    return true;
  }

  /**
   * @throws MalformedBoxException if there are two: readers would differ in which one they take
   */
  Optional<Box> find(String type) {
    List<Box> found = all(type);
    if (found.size() > 1) {
      throw new MalformedBoxException(found.get(1).offset(), "a second " + type + " in " + path);
    }
    return found.stream().findFirst();
  }

  /**
   * The first of two boxes that say the same in different ways.
   *
   * @throws MalformedBoxException if both are there, or one twice
   */
  Optional<Box> findEither(String type, String other) {
    Optional<Box> found = find(type);
    if (found.isPresent() && find(other).isPresent()) {
      throw new MalformedBoxException(
          found.get().offset(), path + " has both " + type + " and " + other);
    }
    return found;
  }

  /**
   * @throws MalformedBoxException if there is none, or two
   */
  Box require(String type) {
    return find(type)
        .orElseThrow(() -> new MalformedBoxException(offset, path + " has no " + type + " box"));
  }

  List<Box> all(String type) {
    int fourCc = FourCc.of(type);
    return boxes.stream().filter(box -> box.type() == fourCc).toList();
  }

  /** The children of a container that must be there. */
  Children descend(String type, Budget budget) {
    return of(require(type), path + "/" + type, budget);
  }
}
