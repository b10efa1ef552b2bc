package io.keymux.packager.verify;

import io.keymux.cpix.box.BoxReader;
import io.keymux.packager.verify.TrackBoxes.Entry;
import io.keymux.packager.verify.TrackFragment.SampleInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code senc}, {@code saiz} and {@code saio} of one {@code traf}. Decryptors use either {@code
 * senc} or the two others, so they must say the same.
 */
final class EncryptionBoxes {
  private static final int SENC_HEADER_BYTES = 16;

  private final List<BoxReader.Box> children;
  private final long moofOffset;
  private final Errors errors;

  /** Takes what is wrong with a box of the {@code traf}. */
  @FunctionalInterface
  interface Errors {
    void error(String code, String box, String message);
  }

  EncryptionBoxes(List<BoxReader.Box> children, long moofOffset, Errors errors) {
    this.children = children;
    this.moofOffset = moofOffset;
    this.errors = errors;
  }

  /** Whether IVs or subsamples are reached by {@code saiz} and {@code saio} alone. */
  boolean onlyAuxiliary() {
    return find("senc") == null && find("saiz") != null;
  }

  /**
   * One for each sample, or none if there is no {@code senc} or it cannot be used.
   *
   * @param entries one for each sample
   */
  List<SampleInfo> read(List<Entry> entries) {
    BoxReader.Box box = find("senc");
    if (box == null) {
      return List.of();
    }
    int samples = entries.size();
    BoxReader in = box.body();
    boolean subsamples = (in.i32() & 0x2) != 0;
    int least =
        entries.stream().mapToInt(EncryptionBoxes::ivSize).min().orElse(0) + (subsamples ? 2 : 0);
    long count = least == 0 ? in.u32() : in.count(least, "senc entry");
    if (count != samples) {
      errors.error("senc-count", "senc", "%d entries for %d samples".formatted(count, samples));
      return List.of();
    }
    List<SampleInfo> info = new ArrayList<>();
    int[] sizes = new int[samples];
    for (int i = 0; i < samples; i++) {
      int before = in.remaining();
      byte[] iv = in.bytes(ivSize(entries.get(i)), "IV");
      int ranges = subsamples ? in.u16() : 0;
      if (ranges > in.remaining() / 6) {
        throw in.malformed(ranges + " subsamples do not fit");
      }
      int[] clear = new int[ranges];
      int[] encrypted = new int[ranges];
      for (int e = 0; e < ranges; e++) {
        clear[e] = in.u16();
        encrypted[e] = in.i32();
      }
      info.add(new SampleInfo(iv, clear, encrypted));
      sizes[i] = before - in.remaining();
    }
    if (in.hasRemaining()) {
      errors.error("senc-trailing-bytes", "senc", in.remaining() + " bytes behind the last entry");
    }
    if (Arrays.stream(sizes).anyMatch(size -> size > 0)) {
      saiz(sizes);
      saio(box.offset() + SENC_HEADER_BYTES - moofOffset);
    }
    return info;
  }

  private static int ivSize(Entry entry) {
    return entry.protection() == null ? 0 : entry.protection().ivSize();
  }

  private void saiz(int[] sizes) {
    BoxReader.Box box = find("saiz");
    if (box == null) {
      errors.error("saiz-missing", "traf", "senc has entries, but there is no saiz");
      return;
    }
    BoxReader in = box.body();
    in.skip((in.i32() & 1) != 0 ? 8 : 0);
    int defaultSize = in.u8();
    long count = in.u32();
    if (count != sizes.length) {
      errors.error(
          "saiz-count", "saiz", "%d entries for %d samples".formatted(count, sizes.length));
      return;
    }
    for (int i = 0; i < sizes.length; i++) {
      int size = defaultSize == 0 ? in.u8() : defaultSize;
      if (size != sizes[i]) {
        errors.error(
            "saiz-size",
            "saiz",
            "entry %d says %d bytes, senc holds %d".formatted(i, size, sizes[i]));
        return;
      }
    }
  }

  private void saio(long expected) {
    BoxReader.Box box = find("saio");
    if (box == null) {
      errors.error("saio-missing", "traf", "senc has entries, but there is no saio");
      return;
    }
    BoxReader in = box.body();
    int versionFlags = in.i32();
    in.skip((versionFlags & 1) != 0 ? 8 : 0);
    long entries = in.u32();
    long offset = versionFlags >>> 24 == 0 ? in.u32() : in.i64();
    if (entries != 1 || offset != expected) {
      errors.error(
          "saio-offset",
          "saio",
          "%d entries, the first %d; senc has its entries at %d"
              .formatted(entries, offset, expected));
    }
  }

  private BoxReader.@Nullable Box find(String name) {
    return children.stream().filter(box -> box.name().equals(name)).findFirst().orElse(null);
  }
}
