package io.keymux.packager.verify.manifest;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.box.BoxReader;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.input.MediaSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a {@code sidx}: where the segments of a single file lie and how long they last.
 *
 * @see "ISO/IEC 14496-12, 8.16.3 Segment Index Box"
 */
public final class SegmentIndexReader {
  private static final int MAX_BYTES = 16 * 1024 * 1024;

  private SegmentIndexReader() {}

  /** The segments that the index at {@code piece} lists; those it has no right to are left out. */
  public static List<DescribedSegment> read(
      PresentationFolder folder, MediaPiece piece, String place) {
    if (piece.length() > MAX_BYTES) {
      folder.problem("sidx-unreadable", place, "an index of " + piece.length() + " bytes");
      return List.of();
    }
    byte[] bytes = new byte[(int) piece.length()];
    try (MediaSource source = FileSource.open(piece.file())) {
      source.read(piece.offset(), bytes, 0, bytes.length);
      BoxReader in = new BoxReader(bytes, piece.offset());
      while (in.hasRemaining()) {
        BoxReader.Box box = in.box();
        if (box.name().equals("sidx")) {
          long anchor = piece.offset() + box.end();
          return segments(folder, piece.file(), box.body(), anchor, place);
        }
      }
      folder.problem("sidx-missing", place, "no sidx at byte " + piece.offset());
    } catch (DrmException e) {
      folder.problem("sidx-unreadable", place, e.problem());
    }
    return List.of();
  }

  private static List<DescribedSegment> segments(
      PresentationFolder folder, Path file, BoxReader in, long anchor, String place) {
    long version = in.u32() >>> 24;
    in.skip(4);
    long timescale = Math.max(1, in.u32());
    if (version == 0) {
      in.skip(4);
    } else {
      in.skip(8);
    }
    long at = anchor + (version == 0 ? in.u32() : in.u64("first_offset"));
    in.skip(2);
    int count = in.u16();
    List<DescribedSegment> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long reference = in.u32();
      long ticks = in.u32();
      in.skip(4);
      if (reference >>> 31 == 1) {
        folder.problem("sidx-hierarchical", place, "an index of indexes cannot be verified");
        return segments;
      }
      MediaPiece piece = folder.piece(file, new PieceRange(at, reference), place);
      if (piece != null) {
        segments.add(new DescribedSegment(piece, (double) ticks / timescale));
      }
      at += reference;
    }
    checkEnd(folder, file, at, place);
    return segments;
  }

  private static void checkEnd(PresentationFolder folder, Path file, long end, String place) {
    MediaPiece whole = folder.piece(file, null, place);
    if (whole == null || end >= whole.length()) {
      return;
    }
    byte[] header = new byte[8];
    if (whole.length() - end >= header.length) {
      try (MediaSource source = FileSource.open(file)) {
        source.read(end, header, 0, header.length);
      }
      BoxReader in = new BoxReader(header, end);
      in.skip(4);
      int type = in.i32();
      if (type != io.keymux.cpix.box.FourCc.of("moof")
          && type != io.keymux.cpix.box.FourCc.of("styp")) {
        return;
      }
    }
    folder.problem(
        "sidx-incomplete",
        place,
        "the index ends at byte %d, the file has media up to %d".formatted(end, whole.length()));
  }
}
