package io.keymux.packager.bento4;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.input.MediaSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Goes over the fragments of a file that was read without complaint before. */
final class FragmentWalk {
  private static final int HEADER = 8;
  private static final int LARGE_HEADER = 16;
  private static final int MAX_MOOF_BYTES = 64 << 20;

  private FragmentWalk() {}

  /**
   * Hands out each {@code traf}, in order.
   *
   * @return how many fragments there are
   * @throws io.keymux.cpix.box.MalformedBoxException if a box is damaged
   */
  static int walk(MediaSource source, Consumer<List<Box>> traf) {
    int fragments = 0;
    for (long at = 0; source.size() - at >= HEADER; ) {
      byte[] head = new byte[(int) Math.min(LARGE_HEADER, source.size() - at)];
      source.read(at, head, 0, head.length);
      BoxReader in = new BoxReader(head, at);
      long size = in.u32();
      int type = in.i32();
      if (size == 1) {
        size = in.u64("size");
      } else if (size == 0) {
        size = source.size() - at;
      }
      if (size < HEADER || size > source.size() - at) {
        throw in.malformed("a box of " + size + " bytes");
      }
      if (type == FourCc.of("moof")) {
        fragments++;
        moof(source, at, size, traf);
      }
      at += size;
    }
    return fragments;
  }

  private static void moof(MediaSource source, long at, long size, Consumer<List<Box>> traf) {
    if (size > MAX_MOOF_BYTES) {
      throw new BoxReader(new byte[0], at).malformed("a moof of " + size + " bytes");
    }
    byte[] bytes = new byte[(int) size];
    source.read(at, bytes, 0, bytes.length);
    for (Box child : children(new BoxReader(bytes, at).box().body())) {
      if (child.name().equals("traf")) {
        traf.accept(children(child.body()));
      }
    }
  }

  private static List<Box> children(BoxReader body) {
    List<Box> boxes = new ArrayList<>();
    while (body.hasRemaining()) {
      boxes.add(body.box());
    }
    return boxes;
  }
}
