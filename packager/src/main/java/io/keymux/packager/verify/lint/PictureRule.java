package io.keymux.packager.verify.lint;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.verify.lint.PlaylistText.Line;
import io.keymux.packager.verify.manifest.PieceRange;
import io.keymux.packager.verify.manifest.PresentationFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * In an I-frame playlist of fragmented MP4 each range starts with a {@code moof} and ends behind
 * the first sample, which can be decoded alone.
 *
 * @see "RFC 8216, 4.3.3.6 EXT-X-I-FRAMES-ONLY"
 */
final class PictureRule {
  private static final int NON_SYNC = 0x10000;
  private static final int MAX_MOOF = 16 << 20;

  private final PresentationFolder folder;
  private final PlaylistText playlist;
  private final LintProblems problems;

  private PictureRule(PresentationFolder folder, PlaylistText playlist, LintProblems problems) {
    this.folder = folder;
    this.playlist = playlist;
    this.problems = problems;
  }

  static void check(PresentationFolder folder, PlaylistText playlist, LintProblems problems) {
    if (playlist.has("EXT-X-MAP")) {
      new PictureRule(folder, playlist, problems).check();
    }
  }

  private void check() {
    String range = null;
    for (Line line : playlist.lines()) {
      if (line.tag().equals("EXT-X-BYTERANGE")) {
        range = line.value().strip();
      } else if (line.isUri()) {
        String wrong = picture(line.value(), range);
        if (wrong != null) {
          problems.error("hls-iframe-range", playlist.place(line), wrong);
          return;
        }
        range = null;
      }
    }
  }

  /** What is wrong with it, or null. */
  private @Nullable String picture(String uri, @Nullable String range) {
    Path file = folder.file(playlist.file().resolveSibling(""), uri, "");
    PieceRange parsed = range == null ? null : PieceRange.ofLengthAt(range, 0);
    if (file == null || parsed == null) {
      return file == null ? null : "an I-frame without its range";
    }
    try (MediaSource source = FileSource.open(file)) {
      return moof(source, parsed);
    } catch (DrmException e) {
      return "its range cannot be read: " + e.problem();
    }
  }

  private static @Nullable String moof(MediaSource source, PieceRange range) {
    byte[] header = new byte[8];
    if (range.length() < header.length || range.offset() + range.length() > source.size()) {
      return "the range is not in the file";
    }
    source.read(range.offset(), header, 0, header.length);
    BoxReader head = new BoxReader(header, range.offset());
    long size = head.u32();
    if (head.i32() != FourCc.of("moof")
        || size < header.length
        || size > Math.min(MAX_MOOF, range.length())) {
      return "the range does not start with a moof";
    }
    byte[] moof = new byte[(int) size];
    source.read(range.offset(), moof, 0, moof.length);
    return FirstSample.of(new BoxReader(moof, range.offset()).box()).problem(range.length());
  }

  /**
   * What a moof says of its first sample.
   *
   * @param end behind the sample, from the start of the moof
   */
  private record FirstSample(long end, int flags) {
    static final FirstSample NONE = new FirstSample(Long.MAX_VALUE, NON_SYNC);

    static FirstSample of(Box moof) {
      BoxReader inMoof = moof.body();
      while (inMoof.hasRemaining()) {
        Box child = inMoof.box();
        if (child.name().equals("traf")) {
          return ofTrack(child.body());
        }
      }
      return NONE;
    }

    private static FirstSample ofTrack(BoxReader traf) {
      FirstSample defaults = NONE;
      while (traf.hasRemaining()) {
        Box child = traf.box();
        switch (child.name()) {
          case "tfhd" -> defaults = ofHeader(child.body());
          case "trun" -> {
            return ofRun(child.body(), defaults);
          }
          default -> {
            // Times, groups and encryption say nothing about where the sample lies.
          }
        }
      }
      return NONE;
    }

    private static FirstSample ofHeader(BoxReader tfhd) {
      int has = tfhd.i32() & 0xffffff;
      tfhd.skip(4);
      tfhd.skip((has & 1) != 0 ? 8 : 0);
      tfhd.skip((has & 2) != 0 ? 4 : 0);
      tfhd.skip((has & 8) != 0 ? 4 : 0);
      return new FirstSample((has & 16) != 0 ? tfhd.u32() : 0, (has & 32) != 0 ? tfhd.i32() : 0);
    }

    private static FirstSample ofRun(BoxReader trun, FirstSample defaults) {
      int has = trun.i32() & 0xffffff;
      trun.skip(4);
      long data = (has & 1) != 0 ? trun.i32() : 0;
      boolean first = (has & 4) != 0;
      int flags = first ? trun.i32() : defaults.flags;
      trun.skip((has & 0x100) != 0 ? 4 : 0);
      long size = (has & 0x200) != 0 ? trun.u32() : defaults.end;
      flags = !first && (has & 0x400) != 0 ? trun.i32() : flags;
      return new FirstSample(data + size, flags);
    }

    @Nullable String problem(long length) {
      if (end > length) {
        return "the picture ends %d bytes behind the moof's start, the range has %d"
            .formatted(end, length);
      }
      return (flags & NON_SYNC) != 0 ? "its first sample is no sync sample" : null;
    }
  }
}
