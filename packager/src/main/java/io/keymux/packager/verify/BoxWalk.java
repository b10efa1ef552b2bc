package io.keymux.packager.verify;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;

/** Walks the top-level boxes of a range of a file; reads bodies only where asked to. */
final class BoxWalk {
  private static final int MAX_BOX_BYTES = 64 * 1024 * 1024;

  private final MediaSource source;
  private final long end;
  private long position;

  BoxWalk(MediaSource source, long start, long length) {
    this.source = source;
    this.position = start;
    this.end = start + length;
  }

  /** A top-level box. */
  record TopBox(String type, long offset, long size) {}

  boolean hasNext() {
    return position < end;
  }

  TopBox next() {
    if (end - position < 8) {
      throw new MalformedBoxException(position, (end - position) + " bytes behind the last box");
    }
    byte[] header = new byte[(int) Math.min(16, end - position)];
    source.read(position, header, 0, header.length);
    BoxReader in = new BoxReader(header, position);
    long size = in.u32();
    String type = FourCc.name(in.i32());
    if (size == 1) {
      size = in.u64("size of " + type);
    } else if (size == 0) {
      size = end - position;
    }
    if (size < 8 || size > end - position) {
      throw new MalformedBoxException(
          position, "box %s says %d bytes where %d are left".formatted(type, size, end - position));
    }
    TopBox box = new TopBox(type, position, size);
    position += size;
    return box;
  }

  /** Reads a whole box. */
  BoxReader.Box read(TopBox box) {
    if (box.size() > MAX_BOX_BYTES) {
      throw new MalformedBoxException(
          box.offset(), "box %s of %d bytes is too large".formatted(box.type(), box.size()));
    }
    byte[] bytes = new byte[(int) box.size()];
    source.read(box.offset(), bytes, 0, bytes.length);
    return new BoxReader(bytes, box.offset()).box();
  }
}
