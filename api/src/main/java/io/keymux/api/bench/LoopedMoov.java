package io.keymux.api.bench;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.box.MalformedBoxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the {@code moov} of a {@link LoopedMovie}: durations grow, the last edit of each track
 * with them, and the sample tables are repeated. All else is copied.
 *
 * @see "ISO/IEC 14496-12, 8.2 Movie Structure to 8.6 Track Data Layout Structures"
 */
final class LoopedMoov {
  private static final long UNKNOWN_32 = 0xffffffffL;
  private static final long UNKNOWN_64 = -1;

  private final Path movie;
  private final int times;
  private final BoxWriter out = new BoxWriter(1 << 20);

  /**
   * @param movie for messages
   */
  LoopedMoov(Path movie, int times) {
    this.movie = movie;
    this.times = times;
  }

  byte[] write(Box moov) {
    int timescale = timescale(child(moov, "mvhd"));
    long longest = 0;
    List<Growth> growths = new ArrayList<>();
    for (Box trak : children(moov)) {
      if (trak.name().equals("mvex")) {
        throw LoopedMovie.unsupported(movie, "is fragmented");
      }
      if (trak.name().equals("trak")) {
        Growth growth = growth(trak, timescale);
        growths.add(growth);
        longest = Math.max(longest, growth.movie());
      }
    }
    Growth whole = new Growth(longest, longest);
    out.box(moov.type(), () -> copy(moov, whole, growths));
    return out.toByteArray();
  }

  private void copy(Box container, Growth growth, List<Growth> tracks) {
    int track = 0;
    for (Box box : children(container)) {
      switch (box.name()) {
        case "trak" -> {
          Growth own = tracks.get(track++);
          out.box(box.type(), () -> copy(box, own, List.of()));
        }
        case "mdia", "minf", "edts" -> out.box(box.type(), () -> copy(box, growth, List.of()));
        case "mvhd" -> header(box, 4, growth.movie());
        case "tkhd" -> header(box, 8, growth.movie());
        case "mdhd" -> header(box, 4, growth.media());
        case "elst" -> edits(box, growth.movie());
        case "stbl" -> new LoopedTables(movie, times, children(box)).write(out);
        default -> out.bytes(box.toBytes());
      }
    }
  }

  private Growth growth(Box trak, int movieTimescale) {
    Box mdia = child(trak, "mdia");
    int timescale = timescale(child(mdia, "mdhd"));
    Box stbl = child(child(mdia, "minf"), "stbl");
    BoxReader stts = fresh(child(stbl, "stts"));
    stts.skip(4);
    long once = 0;
    for (int runs = stts.count(8, "stts run"); runs > 0; runs--) {
      once += stts.u32() * stts.u32();
    }
    long media = (times - 1) * once;
    return new Growth(media, Math.round((double) media * movieTimescale / timescale));
  }

  /**
   * Version 1 has room for any duration.
   *
   * @param between bytes from the two dates to the duration: a timescale, or a track ID and a
   *     reserved word
   */
  private void header(Box box, int between, long more) {
    BoxReader body = fresh(box);
    boolean wide = body.u8() == 1;
    int flags = body.u24();
    out.fullBox(
        box.type(),
        1,
        flags,
        () -> {
          for (int date = 0; date < 2; date++) {
            out.u64(wide ? body.i64() : body.u32());
          }
          out.bytes(body.bytes(between, "fields"));
          out.u64(longer(body, wide, more));
          out.bytes(body.bytes(body.remaining(), "fields"));
        });
  }

  private void edits(Box elst, long more) {
    BoxReader body = fresh(elst);
    boolean wide = body.u8() == 1;
    int flags = body.u24();
    out.fullBox(
        elst.type(),
        1,
        flags,
        () -> {
          int entries = body.count(wide ? 20 : 12, "edit");
          out.u32(entries);
          for (int i = 1; i <= entries; i++) {
            // Only the last may show media: the packager refuses several edits.
            out.u64(longer(body, wide, i == entries ? more : 0));
            out.u64(wide ? body.i64() : body.i32());
            out.u32(body.u32());
          }
        });
  }

  /** Zero and all ones mean that the duration is not known. */
  private static long longer(BoxReader body, boolean wide, long more) {
    long duration = wide ? body.i64() : body.u32();
    if (duration == 0 || duration == (wide ? UNKNOWN_64 : UNKNOWN_32)) {
      return duration == 0 ? 0 : UNKNOWN_64;
    }
    return duration + more;
  }

  private static int timescale(Box header) {
    BoxReader body = fresh(header);
    boolean wide = body.u8() == 1;
    body.skip(3 + (wide ? 16 : 8));
    return body.i32();
  }

  /** A body reader that nobody has moved yet. */
  static BoxReader fresh(Box box) {
    return new BoxReader(box.toBytes(), box.offset()).box().body();
  }

  private static Box child(Box container, String type) {
    return children(container).stream()
        .filter(box -> box.type() == FourCc.of(type))
        .findFirst()
        .orElseThrow(
            () ->
                new MalformedBoxException(
                    container.offset(), container.name() + " has no " + type + " box"));
  }

  /** QuickTime may close a list with a zero word: what is too short for a box is left out. */
  private static List<Box> children(Box container) {
    BoxReader body = fresh(container);
    List<Box> boxes = new ArrayList<>();
    while (body.remaining() >= 8) {
      boxes.add(body.box());
    }
    return boxes;
  }

  /**
   * How much longer a track becomes.
   *
   * @param media in ticks of its own timescale
   * @param movie in ticks of the movie's
   */
  private record Growth(long media, long movie) {}
}
