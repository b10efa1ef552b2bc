package io.keymux.packager.isobmff;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxReader.Box;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.input.MediaSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the IV and the subsamples of each sample of a {@code traf} or an {@code stbl}: in {@code
 * senc}, else where {@code saiz} and {@code saio} say. Writers of many subsamples let the sizes of
 * {@code saiz} overflow, so {@code senc} goes first.
 *
 * @see "ISO/IEC 23001-7, 7 Common encryption sample auxiliary information; ISO/IEC 14496-12, 8.7.8
 *     and 8.7.9"
 */
final class AuxiliaryInfo {
  private static final int MAX_READ_BYTES = 256 << 20;
  private static final byte[] NOTHING = {};

  private final Children boxes;
  private final MediaSource source;
  private final long base;

  /**
   * @param boxes of the {@code traf} or {@code stbl}
   * @param base what the offsets of {@code saio} count from, in bytes of the source
   */
  AuxiliaryInfo(Children boxes, MediaSource source, long base) {
    this.boxes = boxes;
    this.source = source;
    this.base = base;
  }

  /**
   * The bytes of each sample.
   *
   * @param settings one for each sample, null where it is clear
   * @param runs index of the first sample of each {@code trun} or chunk
   * @throws MalformedBoxException if a sample that needs an IV has none
   */
  byte[][] read(List<@Nullable ProtectionSetting> settings, int[] runs) {
    Optional<Box> senc = boxes.find("senc");
    if (senc.isPresent()) {
      return senc(senc.get(), settings);
    }
    for (Box saiz : boxes.all("saiz")) {
      int type = infoType(saiz);
      if (ofEncryption(type, settings)) {
        for (Box saio : boxes.all("saio")) {
          if (infoType(saio) == type) {
            return auxiliary(sizes(saiz, settings.size()), saio, settings, runs);
          }
        }
      }
    }
    byte[][] none = new byte[settings.size()][];
    Arrays.fill(none, NOTHING);
    for (ProtectionSetting setting : settings) {
      if (setting != null && setting.ivBytes() > 0) {
        throw new MalformedBoxException(
            boxes.offset(), boxes.path() + " has encrypted samples without an IV");
      }
    }
    return none;
  }

  private static byte[][] senc(Box box, List<@Nullable ProtectionSetting> settings) {
    BoxReader in = box.body();
    int flags = in.i32();
    if ((flags & 1) != 0) {
      throw new MalformedBoxException(box.offset(), "senc overrides its track encryption");
    }
    boolean subsamples = (flags & 2) != 0;
    long count = in.u32();
    if (count != settings.size()) {
      throw new MalformedBoxException(
          box.offset(), "senc has %d entries for %d samples".formatted(count, settings.size()));
    }
    byte[][] info = new byte[settings.size()][];
    for (int i = 0; i < info.length; i++) {
      ProtectionSetting setting = settings.get(i);
      byte[] iv = in.bytes(setting == null ? 0 : setting.ivBytes(), "IV");
      if (!subsamples) {
        info[i] = iv;
        continue;
      }
      int ranges = in.u16();
      byte[] rest = in.bytes(6 * ranges, "subsamples");
      byte[] all = Arrays.copyOf(iv, iv.length + 2 + rest.length);
      all[iv.length] = (byte) (ranges >> 8);
      all[iv.length + 1] = (byte) ranges;
      System.arraycopy(rest, 0, all, iv.length + 2, rest.length);
      info[i] = all;
    }
    return info;
  }

  /** 0 if the box does not say. */
  private static int infoType(Box box) {
    BoxReader in = new BoxReader(box.toBytes(), box.offset()).box().body();
    return (in.i32() & 1) != 0 ? in.i32() : 0;
  }

  private static boolean ofEncryption(int type, List<@Nullable ProtectionSetting> settings) {
    return type == 0 || settings.stream().anyMatch(s -> s != null && FourCc.of(s.scheme()) == type);
  }

  private static int[] sizes(Box saiz, int samples) {
    BoxReader in = saiz.body();
    in.skip((in.i32() & 1) != 0 ? 8 : 0);
    int size = in.u8();
    long count = in.u32();
    if (count > samples) {
      throw new MalformedBoxException(
          saiz.offset(), "saiz has %d entries for %d samples".formatted(count, samples));
    }
    int[] sizes = new int[samples];
    for (int i = 0; i < count; i++) {
      sizes[i] = size == 0 ? in.u8() : size;
    }
    return sizes;
  }

  private byte[][] auxiliary(
      int[] sizes, Box saio, List<@Nullable ProtectionSetting> settings, int[] runs) {
    BoxReader in = saio.body();
    int versionFlags = in.i32();
    boolean wide = versionFlags >>> 24 != 0;
    in.skip((versionFlags & 1) != 0 ? 8 : 0);
    int count = in.count(wide ? 8 : 4, "saio offset");
    if (count != 1 && count != runs.length) {
      throw new MalformedBoxException(
          saio.offset(), "saio has %d offsets for %d runs".formatted(count, runs.length));
    }
    byte[][] info = new byte[sizes.length][];
    for (int run = 0; run < count; run++) {
      int first = count == 1 ? 0 : runs[run];
      int end = run + 1 == count ? sizes.length : runs[run + 1];
      long offset = wide ? in.u64("saio offset") : in.u32();
      read(saio, offset, sizes, info, first, end);
    }
    for (int i = 0; i < info.length; i++) {
      check(saio, info[i], settings.get(i));
    }
    return info;
  }

  private void read(Box saio, long offset, int[] sizes, byte[][] info, int first, int end) {
    long total = 0;
    for (int i = first; i < end; i++) {
      total += sizes[i];
    }
    long at = base + offset;
    if (total > MAX_READ_BYTES || at < 0 || at > source.size() - total) {
      throw new MalformedBoxException(
          saio.offset(), "saio names %d bytes at byte offset %d".formatted(total, at));
    }
    byte[] all = new byte[(int) total];
    source.read(at, all, 0, all.length);
    int from = 0;
    for (int i = first; i < end; i++) {
      info[i] = Arrays.copyOfRange(all, from, from + sizes[i]);
      from += sizes[i];
    }
  }

  private static void check(Box saio, byte[] info, @Nullable ProtectionSetting setting) {
    int left = info.length - (setting == null ? 0 : setting.ivBytes());
    int at = info.length - left;
    int ranges = left < 2 ? 0 : (info[at] & 0xff) << 8 | (info[at + 1] & 0xff);
    if (left != 0 && left != 2 + 6 * ranges) {
      throw new MalformedBoxException(
          saio.offset(),
          "%d bytes of auxiliary information hold no IV and subsamples".formatted(info.length));
    }
  }
}
