package io.keymux.packager.write;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.encrypt.SampleIvs;
import io.keymux.packager.encrypt.SubsampleMap;
import io.keymux.packager.plan.TrackEncryption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the IVs and subsamples of a fragment's samples and writes them as {@code saiz}, {@code
 * saio} and {@code senc}. Reused; not thread-safe.
 *
 * <p>Whole-sample protection with a constant IV needs no information: {@code senc} then holds only
 * the count, and {@code saiz} and {@code saio} are left out.
 *
 * @see "ISO/IEC 23001-7, 7 Carriage of sample auxiliary information"
 */
public final class SampleEncryptionInfo {
  /** The size field of {@code saiz} has one byte. */
  private static final int MAX_INFO_BYTES = 255;

  private static final int SENC_HEADER_BYTES = 16;

  private final TrackEncryption encryption;
  private final boolean subsamples;
  private final BoxWriter entries = new BoxWriter(4096);
  private final byte[] iv = new byte[SampleIvs.BLOCK_BYTES];
  private byte[] sizes = new byte[256];
  private int count;

  /**
   * @param subsamples whether samples have subsample maps
   */
  public SampleEncryptionInfo(TrackEncryption encryption, boolean subsamples) {
    this.encryption = encryption;
    this.subsamples = subsamples;
  }

  public void reset() {
    count = 0;
    entries.reset();
  }

  /**
   * Appends one sample with the IV that was planned for it.
   *
   * @param sample index in the track, from 0
   * @param map its subsamples, or null
   * @throws DrmException with code {@code too-many-subsamples} if they do not fit in {@code saiz}
   */
  void add(int sample, @Nullable SubsampleMap map) {
    if (encryption.ivs().perSampleBytes() > 0) {
      encryption.ivs().fill(sample, iv);
    }
    add(iv, map);
  }

  /**
   * Appends one sample.
   *
   * @param sampleIv 16 bytes, of which as many count as the track's IVs have
   * @param map its subsamples, or null
   * @throws DrmException with code {@code too-many-subsamples} if they do not fit in {@code saiz}
   */
  public void add(byte[] sampleIv, @Nullable SubsampleMap map) {
    int ivBytes = encryption.ivs().perSampleBytes();
    int size = ivBytes + (map == null ? 0 : map.encodedSize());
    if (size > MAX_INFO_BYTES) {
      throw tooMany(map == null ? 0 : map.count());
    }
    entries.bytes(sampleIv, 0, ivBytes);
    if (map != null) {
      map.write(entries);
    }
    if (count == sizes.length) {
      sizes = Arrays.copyOf(sizes, count * 2);
    }
    sizes[count++] = (byte) size;
  }

  /**
   * Writes the boxes.
   *
   * @param moofStart where the {@code moof} begins in {@code out}: offsets count from there
   */
  public void write(BoxWriter out, int moofStart) {
    boolean anything = entries.size() > 0;
    if (anything) {
      saiz(out);
      int saioBytes = 20;
      int firstEntry = out.size() - moofStart + saioBytes + SENC_HEADER_BYTES;
      out.fullBox(FourCc.of("saio"), 0, 0, () -> out.u32(1).u32(firstEntry));
    }
    out.fullBox(
        FourCc.of("senc"),
        0,
        subsamples ? 0x2 : 0,
        () -> {
          out.u32(count);
          entries.appendTo(out);
        });
  }

  private void saiz(BoxWriter out) {
    boolean same = true;
    for (int i = 1; i < count; i++) {
      same &= sizes[i] == sizes[0];
    }
    boolean sameSize = same;
    out.fullBox(
        FourCc.of("saiz"),
        0,
        0,
        () -> {
          out.u8(sameSize ? sizes[0] : 0).u32(count);
          if (!sameSize) {
            out.bytes(sizes, 0, count);
          }
        });
  }

  private DrmException tooMany(int ranges) {
    int most = (MAX_INFO_BYTES - 2 - encryption.ivs().perSampleBytes()) / 6;
    return new DrmException(
        Blame.UNSUPPORTED,
        "too-many-subsamples",
        "The sample has %d protected ranges; saiz has room for %d with %s."
            .formatted(ranges, most, encryption.scheme().fourCc()),
        "Encode with fewer slices a frame.");
  }
}
