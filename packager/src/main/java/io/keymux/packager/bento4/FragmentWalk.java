package io.keymux.packager.bento4;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.TopLevelBoxes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Goes over the fragments of a file that was read without complaint before. */
final class FragmentWalk {
  private FragmentWalk() {}

  /**
   * Hands out each {@code traf}, in order.
   *
   * @return how many fragments there are
   * @throws io.keymux.cpix.box.MalformedBoxException if a box is damaged
   */
  static int walk(MediaSource source, Consumer<List<Box>> traf) {
    int fragments = 0;
    TopLevelBoxes boxes = new TopLevelBoxes(source);
    while (boxes.hasNext()) {
      TopLevelBoxes.Place box = boxes.next();
      if (box.type().equals("moof")) {
        fragments++;
        for (Box child : children(boxes.load(box).body())) {
          if (child.name().equals("traf")) {
            traf.accept(children(child.body()));
          }
        }
      }
    }
    return fragments;
  }

  private static List<Box> children(BoxReader body) {
    List<Box> boxes = new ArrayList<>();
    while (body.hasRemaining()) {
      boxes.add(body.box());
    }
    return boxes;
  }
}
