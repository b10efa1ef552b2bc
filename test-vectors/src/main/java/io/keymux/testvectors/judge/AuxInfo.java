package io.keymux.testvectors.judge;

import io.keymux.cpix.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The auxiliary information of one protected sample.
 *
 * @param iv empty where the IV is constant
 * @param subsamples empty: the whole sample is one protected range
 */
record AuxInfo(Bytes iv, List<Subsample> subsamples) {
  private static final AuxInfo NONE = new AuxInfo(Bytes.empty(), List.of());

  AuxInfo {
    subsamples = List.copyOf(subsamples);
  }

  /** Size in the file. */
  private int size(boolean withSubsamples) {
    return iv.size() + (withSubsamples ? 2 + 6 * subsamples.size() : 0);
  }

  /**
   * Reads {@code senc} and holds {@code saiz} and {@code saio} against it; without {@code senc}
   * reads the bytes that they point to.
   *
   * @param base offset in the file that {@code saio} counts from
   * @throws UnreadableMediaException with code {@code judge-aux-info-mismatch} if they disagree
   * @see "ISO/IEC 23001-7, Sample Encryption box; ISO/IEC 14496-12, saiz and saio"
   */
  static List<AuxInfo> read(Box traf, List<Protection> samples, int base, Box file) {
    @Nullable Box senc = traf.find("senc").orElse(null);
    @Nullable Box saiz = cencOnly(traf.children("saiz"));
    @Nullable Box saio = cencOnly(traf.children("saio"));
    if ((saiz == null) != (saio == null)) {
      throw UnreadableMediaException.contradiction(traf.start(), "saiz and saio come in pairs");
    }
    if (senc != null) {
      return ofSenc(senc, samples, saiz, saio, base);
    }
    if (saiz != null && saio != null) {
      return ofSaiz(saiz, saio, samples, base, file);
    }
    for (Protection protection : samples) {
      if (protection.isProtected() && protection.ivSize() > 0) {
        throw traf.malformed(0, "has protected samples but neither senc nor saiz and saio");
      }
    }
    return samples.stream().map(sample -> NONE).toList();
  }

  private static List<AuxInfo> ofSenc(
      Box senc, List<Protection> samples, @Nullable Box saiz, @Nullable Box saio, int base) {
    boolean withSubsamples = (senc.flags() & 2) != 0;
    if (senc.count(4) != samples.size()) {
      throw senc.malformed(4, "counts " + senc.count(4) + " samples, trun " + samples.size());
    }
    List<AuxInfo> read = new ArrayList<>();
    int at = 8;
    int total = 0;
    for (int i = 0; i < samples.size(); i++) {
      AuxInfo info = one(senc, at, samples.get(i).ivSize(), withSubsamples);
      int size = info.size(withSubsamples);
      if (saiz != null && (saiz.count(saizCount(saiz)) > 0 || size > 0)) {
        requireEqual(saiz, "size of entry " + i, sizeIn(saiz, i), size);
      }
      read.add(info);
      at += size;
      total += size;
    }
    if (at != senc.bodySize()) {
      throw senc.malformed(at, "has " + (senc.bodySize() - at) + " bytes too many");
    }
    if (saio != null && total > 0) {
      requireEqual(saio, "entry count", saio.count(saioCount(saio)), 1);
      requireEqual(saio, "offset", base + offsetIn(saio, 0), senc.body() + 8L);
    }
    if (saiz == null && total > 0) {
      throw UnreadableMediaException.contradiction(
          senc.start(), "senc has " + total + " bytes, but saiz and saio are missing");
    }
    return read;
  }

  private static List<AuxInfo> ofSaiz(
      Box saiz, Box saio, List<Protection> samples, int base, Box file) {
    int offsets = saio.count(saioCount(saio));
    if (offsets != 1) {
      throw UnreadableMediaException.unsupported(saio.start(), "saio has " + offsets + " entries");
    }
    requireEqual(saiz, "sample count", saiz.count(saizCount(saiz)), samples.size());
    List<AuxInfo> read = new ArrayList<>();
    long at = base + offsetIn(saio, 0);
    for (int i = 0; i < samples.size(); i++) {
      int size = sizeIn(saiz, i);
      int ivSize = samples.get(i).ivSize();
      AuxInfo info = size == 0 ? NONE : one(file, Math.toIntExact(at), ivSize, size > ivSize);
      requireEqual(saiz, "size of entry " + i, size, info.size(size > ivSize));
      read.add(info);
      at += size;
    }
    return read;
  }

  private static AuxInfo one(Box box, int offset, int ivSize, boolean withSubsamples) {
    Bytes iv = Bytes.copyOf(box.bytes(offset, ivSize));
    List<Subsample> subsamples = new ArrayList<>();
    if (withSubsamples) {
      int count = box.u16(offset + ivSize);
      for (int k = 0; k < count; k++) {
        int at = offset + ivSize + 2 + 6 * k;
        subsamples.add(new Subsample(box.u16(at), box.count(at + 2)));
      }
    }
    return new AuxInfo(iv, subsamples);
  }

  /** The box for the scheme's own auxiliary information: without a type, or typed with a scheme. */
  private static @Nullable Box cencOnly(List<Box> boxes) {
    for (Box box : boxes) {
      if ((box.flags() & 1) == 0 || box.fourCc(4).startsWith("c")) {
        return box;
      }
    }
    return null;
  }

  private static int saizCount(Box saiz) {
    return 5 + ((saiz.flags() & 1) == 0 ? 0 : 8);
  }

  private static int sizeIn(Box saiz, int index) {
    int fields = (saiz.flags() & 1) == 0 ? 0 : 8;
    int defaultSize = saiz.u8(4 + fields);
    return defaultSize != 0 ? defaultSize : saiz.u8(9 + fields + index);
  }

  private static int saioCount(Box saio) {
    return 4 + ((saio.flags() & 1) == 0 ? 0 : 8);
  }

  private static long offsetIn(Box saio, int index) {
    int at = saioCount(saio) + 4;
    return saio.version() == 0 ? saio.u32(at + 4 * index) : saio.u64(at + 8 * index);
  }

  private static void requireEqual(Box box, String what, long found, long expected) {
    if (found != expected) {
      throw UnreadableMediaException.contradiction(
          box.start(), box.type() + " " + what + " is " + found + ", should be " + expected);
    }
  }
}
