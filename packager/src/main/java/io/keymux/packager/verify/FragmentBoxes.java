package io.keymux.packager.verify;

import io.keymux.cpix.box.BoxReader;
import io.keymux.packager.verify.TrackBoxes.Entry;
import io.keymux.packager.verify.TrackBoxes.Protection;
import io.keymux.packager.verify.TrackFragment.SampleInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code moof} and holds {@code saiz} and {@code saio} against {@code senc}: decryptors use
 * either, so they must say the same.
 */
final class FragmentBoxes {
  private static final int SENC_HEADER_BYTES = 16;
  private static final int MAX_SAMPLES = 1_000_000;

  private final String file;
  private final long moofOffset;
  private final List<TrackBoxes> tracks;
  private final Consumer<Finding> findings;

  private FragmentBoxes(
      String file, long moofOffset, List<TrackBoxes> tracks, Consumer<Finding> findings) {
    this.file = file;
    this.moofOffset = moofOffset;
    this.tracks = tracks;
    this.findings = findings;
  }

  /**
   * @param file for findings
   * @param moof the whole box with header, whose reader knows its place in the file
   */
  static List<TrackFragment> read(
      String file, BoxReader.Box moof, List<TrackBoxes> tracks, Consumer<Finding> findings) {
    FragmentBoxes boxes = new FragmentBoxes(file, moof.offset(), tracks, findings);
    List<TrackFragment> fragments = new ArrayList<>();
    BoxReader body = moof.body();
    while (body.hasRemaining()) {
      BoxReader.Box box = body.box();
      if (box.name().equals("traf")) {
        TrackFragment fragment = boxes.traf(box);
        if (fragment != null) {
          fragments.add(fragment);
        }
      }
    }
    return fragments;
  }

  private @Nullable TrackFragment traf(BoxReader.Box traf) {
    Draft draft = new Draft();
    BoxReader body = traf.body();
    List<BoxReader.Box> children = new ArrayList<>();
    while (body.hasRemaining()) {
      children.add(body.box());
    }
    for (BoxReader.Box box : children) {
      switch (box.name()) {
        case "tfhd" -> tfhd(box.body(), draft);
        case "tfdt" -> {
          draft.decodeTime = box.body().u32() >>> 24 == 1 ? box.body().i64() : box.body().u32();
        }
        case "trun" -> trun(box.body(), draft);
        default -> {}
      }
    }
    TrackBoxes track = draft.track;
    if (track == null) {
      error("fragment-of-unknown-track", "traf", "no track in moov has its track id");
      return null;
    }
    if (draft.entry < 1 || draft.entry > track.entries().size()) {
      error("unknown-sample-entry", "traf", "sample entry " + draft.entry + " does not exist");
      return null;
    }
    Entry entry = track.entries().get(draft.entry - 1);
    List<SampleInfo> info = List.of();
    for (BoxReader.Box box : children) {
      if (box.name().equals("senc") && entry.protection() != null) {
        info = new EncryptionBoxes(draft.sizes.length, entry.protection()).senc(box, children);
      }
    }
    return new TrackFragment(
        file + " moof at byte " + moofOffset,
        track.trackId(),
        draft.entry,
        draft.decodeTime,
        draft.offsets,
        draft.sizes,
        draft.duration,
        info);
  }

  private void tfhd(BoxReader in, Draft draft) {
    int flags = in.i32() & 0xffffff;
    int trackId = in.i32();
    TrackBoxes track = tracks.stream().filter(t -> t.trackId() == trackId).findFirst().orElse(null);
    draft.track = track;
    if (track == null) {
      return;
    }
    draft.base = (flags & 0x1) != 0 ? in.i64() : moofOffset;
    draft.entry = (flags & 0x2) != 0 ? in.i32() : track.defaultEntry();
    draft.defaultDuration = (flags & 0x8) != 0 ? in.u32() : track.defaultDuration();
    draft.defaultSize = (flags & 0x10) != 0 ? in.i32() : track.defaultSize();
  }

  private static void trun(BoxReader in, Draft draft) {
    int flags = in.i32() & 0xffffff;
    int fields = Integer.bitCount(flags & 0xf00);
    int count = fields == 0 ? boundedCount(in) : in.count(4 * fields, "trun entry");
    long at = draft.base + ((flags & 0x1) != 0 ? in.i32() : draft.nextOffset);
    if ((flags & 0x4) != 0) {
      in.skip(4);
    }
    int from = draft.sizes.length;
    draft.sizes = Arrays.copyOf(draft.sizes, from + count);
    draft.offsets = Arrays.copyOf(draft.offsets, from + count);
    for (int i = from; i < from + count; i++) {
      draft.duration += (flags & 0x100) != 0 ? in.u32() : draft.defaultDuration;
      draft.sizes[i] = (flags & 0x200) != 0 ? in.i32() : draft.defaultSize;
      in.skip(4 * Integer.bitCount(flags & 0xc00));
      draft.offsets[i] = at;
      at += draft.sizes[i] & 0xffffffffL;
    }
    draft.nextOffset = at - draft.base;
  }

  /** Entries without fields take no room in the box, so nothing else bounds them. */
  private static int boundedCount(BoxReader in) {
    long count = in.u32();
    if (count > MAX_SAMPLES) {
      throw in.malformed(count + " samples in one trun");
    }
    return (int) count;
  }

  private void error(String code, String box, String message) {
    findings.accept(
        Finding.error(code, "%s moof at byte %d/%s".formatted(file, moofOffset, box), message));
  }

  /** Fields of a {@code traf} while its boxes are read. */
  private static final class Draft {
    private @Nullable TrackBoxes track;
    private int entry = 1;
    private long base;
    private long nextOffset;
    private long decodeTime = -1;
    private long defaultDuration;
    private int defaultSize;
    private long duration;
    private long[] offsets = new long[0];
    private int[] sizes = new int[0];
  }

  /** {@code senc}, {@code saiz} and {@code saio} of one {@code traf}. */
  private final class EncryptionBoxes {
    private final int samples;
    private final Protection protection;

    private EncryptionBoxes(int samples, Protection protection) {
      this.samples = samples;
      this.protection = protection;
    }

    private List<SampleInfo> senc(BoxReader.Box senc, List<BoxReader.Box> children) {
      BoxReader in = senc.body();
      boolean subsamples = (in.i32() & 0x2) != 0;
      int least = protection.ivSize() + (subsamples ? 2 : 0);
      long count = least == 0 ? in.u32() : in.count(least, "senc entry");
      if (count != samples) {
        error("senc-count", "senc", "%d entries for %d samples".formatted(count, samples));
        return List.of();
      }
      List<SampleInfo> info = new ArrayList<>();
      int[] sizes = new int[samples];
      for (int i = 0; i < samples; i++) {
        int before = in.remaining();
        byte[] iv = in.bytes(protection.ivSize(), "IV");
        int entries = subsamples ? in.u16() : 0;
        int[] clear = new int[entries];
        int[] encrypted = new int[entries];
        for (int e = 0; e < entries; e++) {
          clear[e] = in.u16();
          encrypted[e] = in.i32();
        }
        info.add(new SampleInfo(iv, clear, encrypted));
        sizes[i] = before - in.remaining();
      }
      if (in.hasRemaining()) {
        error("senc-trailing-bytes", "senc", in.remaining() + " bytes behind the last entry");
      }
      if (Arrays.stream(sizes).anyMatch(size -> size > 0)) {
        saiz(children, sizes);
        saio(children, senc.offset() + SENC_HEADER_BYTES - moofOffset);
      }
      return info;
    }

    private void saiz(List<BoxReader.Box> children, int[] sizes) {
      BoxReader in = body(children, "saiz");
      if (in == null) {
        error("saiz-missing", "traf", "senc has entries, but there is no saiz");
        return;
      }
      in.skip((in.i32() & 1) != 0 ? 8 : 0);
      int defaultSize = in.u8();
      long count = in.u32();
      if (count != sizes.length) {
        error("saiz-count", "saiz", "%d entries for %d samples".formatted(count, sizes.length));
        return;
      }
      for (int i = 0; i < sizes.length; i++) {
        int size = defaultSize == 0 ? in.u8() : defaultSize;
        if (size != sizes[i]) {
          error(
              "saiz-size",
              "saiz",
              "entry %d says %d bytes, senc holds %d".formatted(i, size, sizes[i]));
          return;
        }
      }
    }

    private void saio(List<BoxReader.Box> children, long expected) {
      BoxReader in = body(children, "saio");
      if (in == null) {
        error("saio-missing", "traf", "senc has entries, but there is no saio");
        return;
      }
      int versionFlags = in.i32();
      in.skip((versionFlags & 1) != 0 ? 8 : 0);
      long entries = in.u32();
      long offset = versionFlags >>> 24 == 0 ? in.u32() : in.i64();
      if (entries != 1 || offset != expected) {
        error(
            "saio-offset",
            "saio",
            "%d entries, the first %d; senc has its entries at %d"
                .formatted(entries, offset, expected));
      }
    }

    private static @Nullable BoxReader body(List<BoxReader.Box> children, String name) {
      return children.stream()
          .filter(box -> box.name().equals(name))
          .map(BoxReader.Box::body)
          .findFirst()
          .orElse(null);
    }
  }
}
