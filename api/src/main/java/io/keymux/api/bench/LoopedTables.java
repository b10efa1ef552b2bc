package io.keymux.api.bench;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.box.MalformedBoxException;
import java.nio.file.Path;
import java.util.List;

/**
 * The sample tables of one track, repeated. Tables that only annotate samples (such as {@code
 * sdtp}, {@code sbgp}, {@code subs}) are left out: no packager needs them for its task.
 *
 * @see "ISO/IEC 14496-12, 8.6.1 Time to Sample Boxes, 8.6.2 Sync Sample Box, 8.7 Sample Data
 *     Layout"
 */
final class LoopedTables {
  private static final int CO64 = FourCc.of("co64");

  private final Path movie;
  private final int times;
  private final List<Box> boxes;

  /**
   * @param movie for messages
   * @param boxes the children of {@code stbl}
   */
  LoopedTables(Path movie, int times, List<Box> boxes) {
    this.movie = movie;
    this.times = times;
    this.boxes = boxes;
  }

  /** Appends an {@code stbl}. */
  void write(BoxWriter out) {
    long samples = field("stsz", 8);
    boolean wide = boxes.stream().anyMatch(box -> box.type() == CO64);
    long chunks = field(wide ? "co64" : "stco", 4);
    out.box(FourCc.of("stbl"), () -> boxes.forEach(box -> write(box, samples, chunks, out)));
  }

  private void write(Box box, long samples, long chunks, BoxWriter out) {
    switch (box.name()) {
      case "stsd", "cslg", "sgpd" -> out.bytes(box.toBytes());
      case "stts", "ctts" -> entries(box, 8, 0, out);
      case "stss" -> entries(box, 4, samples, out);
      case "stsc" -> entries(box, 12, chunks, out);
      case "stsz" -> sizes(box, out);
      case "stco", "co64" -> offsets(box, out);
      default -> {
        // An annotation.
      }
    }
  }

  /**
   * A table of entries.
   *
   * @param step what the first 32-bit field of an entry grows by at each turn
   */
  private void entries(Box box, int size, long step, BoxWriter out) {
    BoxReader body = LoopedMoov.fresh(box);
    long versionAndFlags = body.u32();
    int count = body.count(size, box.name() + " entry");
    byte[] table = body.bytes(count * size, box.name());
    out.box(
        box.type(),
        () -> {
          out.u32(versionAndFlags).u32((long) count * times);
          for (int turn = 0; turn < times; turn++) {
            if (step == 0) {
              out.bytes(table);
              continue;
            }
            BoxReader entries = new BoxReader(table, 0);
            while (entries.hasRemaining()) {
              out.u32(entries.u32() + turn * step);
              out.bytes(entries.bytes(size - 4, "entry"));
            }
          }
        });
  }

  private void sizes(Box box, BoxWriter out) {
    BoxReader body = LoopedMoov.fresh(box);
    long versionAndFlags = body.u32();
    long uniform = body.u32();
    long count = body.u32();
    byte[] table = uniform == 0 ? body.bytes((int) count * 4, "stsz") : new byte[0];
    out.box(
        box.type(),
        () -> {
          out.u32(versionAndFlags).u32(uniform).u32(count * times);
          for (int turn = 0; turn < times; turn++) {
            out.bytes(table);
          }
        });
  }

  /** The same chunks again; they may lie beyond 4 GiB. */
  private void offsets(Box box, BoxWriter out) {
    boolean wide = box.type() == CO64;
    BoxReader body = LoopedMoov.fresh(box);
    body.skip(4);
    int count = body.count(wide ? 8 : 4, "chunk offset");
    byte[] table = body.bytes(count * (wide ? 8 : 4), "chunk offsets");
    out.fullBox(
        CO64,
        0,
        0,
        () -> {
          out.u32((long) count * times);
          for (int turn = 0; turn < times; turn++) {
            BoxReader offsets = new BoxReader(table, 0);
            while (offsets.hasRemaining()) {
              out.u64(wide ? offsets.i64() : offsets.u32());
            }
          }
        });
  }

  /** A 32-bit field of a table's body. */
  private long field(String type, int at) {
    for (Box box : boxes) {
      if (box.name().equals("stz2")) {
        throw LoopedMovie.unsupported(movie, "has compact sample sizes (stz2)");
      }
      if (box.name().equals(type)) {
        BoxReader body = LoopedMoov.fresh(box);
        body.skip(at);
        return body.u32();
      }
    }
    throw new MalformedBoxException(0, "stbl has no " + type + " box");
  }
}
