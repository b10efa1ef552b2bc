package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.isobmff.SampleEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fragmented MP4 that another packager encrypted, as far as these tests need it: one video track,
 * its sample entry under the original format, and which bytes of each sample are protected. What a
 * parser looks at is clear in it.
 */
final class EncryptedFile {
  private static final int VISUAL_FIELDS = 78;
  private static final int DATA_OFFSET = 1;
  private static final int FIRST_FLAGS = 4;

  /** Bytes of a file from {@code from} up to, not with, {@code to}. */
  record Range(int from, int to) {}

  /** Clear and protected bytes, as in {@code senc}. */
  record Subsample(int clear, int hidden) {}

  /** A sample as a range of the file. */
  record Sample(int offset, int size, List<Subsample> subsamples) {

    /** What is protected, as ranges of the file. */
    List<Range> protectedRanges() {
      List<Range> ranges = new ArrayList<>();
      int at = offset;
      for (Subsample subsample : subsamples) {
        at += subsample.clear();
        if (subsample.hidden() > 0) {
          ranges.add(new Range(at, at + subsample.hidden()));
        }
        at += subsample.hidden();
      }
      return ranges;
    }
  }

  final byte[] bytes;
  final SampleEntry entry;
  final List<Sample> samples = new ArrayList<>();
  private int ivBytes;

  EncryptedFile(Path path) throws IOException {
    bytes = Files.readAllBytes(path);
    List<BoxReader.Box> boxes = children(new BoxReader(bytes, 0));
    BoxReader stsd = boxes.stream().filter(b -> b.name().equals("moov")).findFirst().get().body();
    for (String name : List.of("trak", "mdia", "minf", "stbl", "stsd")) {
      stsd = child(stsd, name).get();
    }
    stsd.skip(8);
    entry = readEntry(stsd.box());
    for (BoxReader.Box box : boxes) {
      if (box.name().equals("moof")) {
        readFragment((int) box.offset(), children(child(box.body(), "traf").get()));
      }
    }
  }

  private static List<BoxReader.Box> children(BoxReader parent) {
    List<BoxReader.Box> boxes = new ArrayList<>();
    while (parent.hasRemaining()) {
      boxes.add(parent.box());
    }
    return boxes;
  }

  private static Optional<BoxReader> child(BoxReader parent, String name) {
    return children(parent).stream()
        .filter(box -> box.name().equals(name))
        .findFirst()
        .map(BoxReader.Box::body);
  }

  private SampleEntry readEntry(BoxReader.Box box) {
    BoxReader in = box.body();
    in.skip(24);
    int width = in.u16();
    int height = in.u16();
    in.skip(VISUAL_FIELDS - 28);
    String format = box.name();
    List<SampleEntry.Child> list = new ArrayList<>();
    for (BoxReader.Box child : children(in)) {
      BoxReader body = child.body();
      byte[] payload = body.bytes(body.remaining(), "payload");
      list.add(new SampleEntry.Child(child.name(), Bytes.copyOf(payload)));
      if (child.name().equals("sinf")) {
        format = FourCc.name(child(new BoxReader(payload, 0), "frma").get().i32());
        BoxReader schi = child(new BoxReader(payload, 0), "schi").get();
        BoxReader tenc = child(schi, "tenc").get();
        tenc.skip(7); // version, flags, pattern, isProtected
        ivBytes = tenc.u8();
      }
    }
    return new SampleEntry(
        format, Bytes.copyOf(box.toBytes()), 8 + VISUAL_FIELDS, list, width, height, 0, 0);
  }

  private void readFragment(int moofOffset, List<BoxReader.Box> traf) {
    List<List<Subsample>> maps = new ArrayList<>();
    for (BoxReader.Box box : traf) {
      if (box.name().equals("senc")) {
        maps.addAll(readSubsamples(box.body()));
      }
    }
    int defaultSize = 0;
    for (BoxReader.Box box : traf) {
      BoxReader in = box.body();
      if (box.name().equals("tfhd")) {
        int flags = in.i32();
        in.skip(4 + Integer.bitCount(flags & 1) * 8 + Integer.bitCount(flags & 0xa) * 4);
        defaultSize = (flags & 0x10) != 0 ? in.i32() : 0;
      } else if (box.name().equals("trun")) {
        readRun(moofOffset, in, defaultSize, maps);
      }
    }
  }

  private void readRun(int moofOffset, BoxReader in, int defaultSize, List<List<Subsample>> maps) {
    int flags = in.i32();
    int count = in.i32();
    int offset = moofOffset + ((flags & DATA_OFFSET) != 0 ? in.i32() : 0);
    in.skip((flags & FIRST_FLAGS) != 0 ? 4 : 0);
    for (int i = 0; i < count; i++) {
      in.skip((flags & 0x100) != 0 ? 4 : 0);
      int size = (flags & 0x200) != 0 ? in.i32() : defaultSize;
      in.skip(Integer.bitCount(flags & 0xc00) * 4);
      samples.add(new Sample(offset, size, maps.get(i)));
      offset += size;
    }
  }

  private List<List<Subsample>> readSubsamples(BoxReader in) {
    int flags = in.i32();
    List<List<Subsample>> maps = new ArrayList<>();
    for (int samples = in.i32(); samples > 0; samples--) {
      in.skip(ivBytes);
      List<Subsample> subsamples = new ArrayList<>();
      for (int left = (flags & 2) != 0 ? in.u16() : 0; left > 0; left--) {
        subsamples.add(new Subsample(in.u16(), in.i32()));
      }
      maps.add(subsamples);
    }
    return maps;
  }
}
