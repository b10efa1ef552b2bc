package io.keymux.packager.isobmff;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;

/**
 * Goes over the boxes at the top of a file by their headers; media is not read. A rest that is too
 * short for a header is passed over.
 *
 * @see "ISO/IEC 14496-12, 4.2 Object structure"
 */
public final class TopLevelBoxes {
  private static final int HEADER = 8;
  private static final int LARGE_HEADER = 16;
  private static final int MAX_LOADED_BYTES = 64 << 20;

  private final MediaSource source;
  private long at;

  /** Before the first box of a file. */
  public TopLevelBoxes(MediaSource source) {
    this.source = source;
  }

  /**
   * A box that was passed.
   *
   * @param offset of its header, in bytes
   * @param size with its header, in bytes; it ends in the file
   */
  public record Place(String type, long offset, long size) {
    public long end() {
      return offset + size;
    }
  }

  public boolean hasNext() {
    return source.size() - at >= HEADER;
  }

  /**
   * The next box; there must be one.
   *
   * @throws MalformedBoxException if it does not end in the file
   */
  public Place next() {
    byte[] head = new byte[(int) Math.min(LARGE_HEADER, source.size() - at)];
    source.read(at, head, 0, head.length);
    BoxReader in = new BoxReader(head, at);
    long size = in.u32();
    String type = FourCc.name(in.i32());
    if (size == 1) {
      size = in.u64("size of " + type);
    } else if (size == 0) {
      size = source.size() - at;
    }
    if (size < HEADER || size > source.size() - at) {
      throw in.malformed("box %s says %d bytes".formatted(type, size));
    }
    Place place = new Place(type, at, size);
    at += size;
    return place;
  }

  /** The failure of a file in which a box is not what it should be. */
  public static DrmException damaged(MediaSource file, MalformedBoxException e) {
    return BadInput.malformed(file, e);
  }

  /**
   * Reads a whole box.
   *
   * @throws MalformedBoxException if it is larger than 64 MiB, or no box
   */
  public Box load(Place box) {
    if (box.size() > MAX_LOADED_BYTES) {
      throw new BoxReader(new byte[0], box.offset())
          .malformed("box %s of %d bytes".formatted(box.type(), box.size()));
    }
    byte[] bytes = new byte[(int) box.size()];
    source.read(box.offset(), bytes, 0, bytes.length);
    return new BoxReader(bytes, box.offset()).box();
  }
}
