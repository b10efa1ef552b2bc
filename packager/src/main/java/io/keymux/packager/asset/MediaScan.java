package io.keymux.packager.asset;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.TopLevelBoxes;
import java.nio.file.Path;

/** Finds out whether media can stay as it is when the signalling before it changes. */
final class MediaScan {
  private final Path file;
  private final boolean moves;

  private MediaScan(Path file, boolean moves) {
    this.file = file;
    this.moves = moves;
  }

  /**
   * @param moves whether the media moves inside its file, as its init segment grows or shrinks
   * @throws DrmException with code {@code keys-in-media} if fragments bring {@code pssh} boxes;
   *     {@code absolute-offsets} if places in the file are named that would move; {@code
   *     malformed-mp4} if the file is damaged
   */
  static void require(Path file, boolean moves) {
    try (MediaSource source = FileSource.open(file)) {
      new MediaScan(file, moves).walk(source);
    }
  }

  private void walk(MediaSource source) {
    try {
      TopLevelBoxes boxes = new TopLevelBoxes(source);
      while (boxes.hasNext()) {
        TopLevelBoxes.Place box = boxes.next();
        if (box.type().equals("moof")) {
          fragment(boxes.load(box).body());
        } else if (box.type().equals("mfra") && moves) {
          throw absolute(box.offset(), "an mfra box");
        }
      }
    } catch (MalformedBoxException e) {
      throw TopLevelBoxes.damaged(source, e);
    }
  }

  private void fragment(BoxReader moof) {
    while (moof.hasRemaining()) {
      Box box = moof.box();
      if (box.name().equals("pssh")) {
        throw new DrmException(
            Blame.UNSUPPORTED,
            "keys-in-media",
            "%s has a pssh box in the fragment at byte %d: its signalling is in the media."
                .formatted(file, box.offset()),
            "Package it anew with --source-keys.");
      }
      if (box.name().equals("traf") && moves) {
        track(box.body());
      }
    }
  }

  private void track(BoxReader traf) {
    while (traf.hasRemaining()) {
      Box box = traf.box();
      if (box.name().equals("tfhd") && (box.body().i32() & 1) != 0) {
        throw absolute(box.offset(), "a base data offset");
      }
    }
  }

  private DrmException absolute(long at, String what) {
    return new DrmException(
        Blame.UNSUPPORTED,
        "absolute-offsets",
        "%s has %s at byte %d, and its media would move by the change of its moov."
            .formatted(file, what, at),
        "Package it anew with --source-keys.");
  }
}
