package io.keymux.packager.verify;

import io.keymux.packager.input.FileSource;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.verify.BoxWalk.TopBox;
import io.keymux.packager.verify.manifest.DescribedChoice;
import io.keymux.packager.verify.manifest.DescribedFormat;
import io.keymux.packager.verify.manifest.DescribedProtection;
import io.keymux.packager.verify.manifest.DescribedSegment;
import io.keymux.packager.verify.manifest.DescribedTrack;
import io.keymux.packager.verify.manifest.MediaPiece;
import io.keymux.packager.verify.manifest.PresentationFolder;
import io.keymux.packager.verify.manifest.SegmentIndexReader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a fragmented MP4 apart into init segment and segments, as a manifest would. */
final class MediaFileReader {
  private MediaFileReader() {}

  /**
   * One segment for each reference of a {@code sidx}, or one for all fragments if there is none.
   * Null if the file has no fragment.
   *
   * @throws io.keymux.cpix.DrmException if it cannot be read or is not an MP4
   */
  static @Nullable DescribedTrack read(PresentationFolder folder, Path file) {
    String name = folder.name(file);
    try (MediaSource source = FileSource.open(file)) {
      BoxWalk walk = new BoxWalk(source, 0, source.size());
      TopBox index = null;
      while (walk.hasNext()) {
        TopBox box = walk.next();
        if (box.type().equals("sidx") && index == null) {
          index = box;
        }
        if (box.type().equals("moof")) {
          long initEnd = index == null ? box.offset() : index.offset();
          MediaPiece rest = new MediaPiece(name, file, box.offset(), source.size() - box.offset());
          List<DescribedSegment> segments =
              index == null
                  ? List.of(new DescribedSegment(rest, DescribedSegment.UNKNOWN))
                  : SegmentIndexReader.read(
                      folder, new MediaPiece(name, file, index.offset(), index.size()), name);
          return new DescribedTrack(
              name,
              DescribedChoice.of(name),
              false,
              new MediaPiece(name, file, 0, initEnd),
              null,
              segments,
              DescribedProtection.NONE,
              DescribedFormat.NONE,
              0,
              0);
        }
      }
    }
    return null;
  }
}
