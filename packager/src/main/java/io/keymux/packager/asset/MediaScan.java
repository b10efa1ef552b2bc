package io.keymux.packager.asset;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.input.MediaSource;
import java.nio.file.Path;

/** Finds out whether media can stay as it is when the signalling before it changes. */
final class MediaScan {
  private static final int HEADER = 16;
  private static final int MAX_MOOF_BYTES = 64 << 20;

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
    } catch (MalformedBoxException e) {
      throw new DrmException(
          Blame.CALLER,
          "malformed-mp4",
          "%s is damaged: %s.".formatted(file, e.problem()),
          "Make it whole.",
          e);
    }
  }

  private void walk(MediaSource source) {
    for (long at = 0; at < source.size(); ) {
      byte[] header = new byte[(int) Math.min(HEADER, source.size() - at)];
      source.read(at, header, 0, header.length);
      BoxReader reader = new BoxReader(header, at);
      long size = reader.u32();
      String type = FourCc.name(reader.i32());
      if (size == 1) {
        size = reader.u64("size of " + type);
      } else if (size == 0) {
        size = source.size() - at;
      }
      if (size < 8 || size > source.size() - at) {
        throw new MalformedBoxException(at, "box %s says %d bytes".formatted(type, size));
      }
      if (type.equals("moof")) {
        if (size > MAX_MOOF_BYTES) {
          throw new MalformedBoxException(at, "moof of " + size + " bytes");
        }
        byte[] moof = new byte[(int) size];
        source.read(at, moof, 0, moof.length);
        fragment(new BoxReader(moof, at).box().body());
      } else if (type.equals("mfra") && moves) {
        throw absolute(at, "an mfra box");
      }
      at += size;
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
