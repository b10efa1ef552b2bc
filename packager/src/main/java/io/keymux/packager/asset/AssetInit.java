package io.keymux.packager.asset;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.InitReader;
import io.keymux.packager.isobmff.ProtectionSetting;
import io.keymux.packager.isobmff.TopLevelBoxes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An init segment of a packaged track: a file, or what stands before the media in one.
 *
 * @param bytes up to the end of {@code moov}
 * @param settings of its encrypted tracks, by track ID
 */
record AssetInit(Path file, Bytes bytes, Map<Integer, ProtectionSetting> settings) {
  private static final int MAX_BYTES = 16 << 20;

  /**
   * @throws DrmException with code {@code malformed-mp4} or {@code no-moov} if there is none at the
   *     start of the file
   */
  static AssetInit read(Path file) {
    try (MediaSource source = FileSource.open(file)) {
      return read(file, source);
    }
  }

  private static AssetInit read(Path file, MediaSource source) {
    try {
      TopLevelBoxes boxes = new TopLevelBoxes(source);
      while (boxes.hasNext()) {
        TopLevelBoxes.Place box = boxes.next();
        if (box.type().equals("moof") || box.end() > MAX_BYTES) {
          break;
        }
        if (box.type().equals("moov")) {
          byte[] bytes = new byte[(int) box.end()];
          source.read(0, bytes, 0, bytes.length);
          return new AssetInit(
              file, Bytes.copyOf(bytes), InitReader.protection(file.toString(), bytes));
        }
      }
    } catch (MalformedBoxException e) {
      throw TopLevelBoxes.damaged(source, e);
    }
    throw new DrmException(
        Blame.CALLER,
        "no-moov",
        "%s has no moov box in its first %d bytes, before the media.".formatted(file, MAX_BYTES),
        "Give fragmented MP4, whose init segment comes first.");
  }

  /**
   * The same with other {@code pssh} boxes, at the end of {@code moov}. All else stays as it is.
   *
   * @param pssh whole boxes
   * @see "ISO/IEC 23001-7, 8.1 Protection System Specific Header Box"
   */
  byte[] with(List<Bytes> pssh) {
    BoxWriter out = new BoxWriter(bytes.size() + 1024);
    BoxReader boxes = new BoxReader(bytes.toArray(), 0);
    while (boxes.hasRemaining()) {
      Box box = boxes.box();
      if (box.name().equals("moov")) {
        out.box(box.type(), () -> moov(box.body(), pssh, out));
      } else {
        out.bytes(box.toBytes());
      }
    }
    return out.toByteArray();
  }

  private static void moov(BoxReader boxes, List<Bytes> pssh, BoxWriter out) {
    while (boxes.hasRemaining()) {
      Box box = boxes.box();
      if (!box.name().equals("pssh")) {
        out.bytes(box.toBytes());
      }
    }
    pssh.forEach(box -> out.bytes(box.toArray()));
  }
}
