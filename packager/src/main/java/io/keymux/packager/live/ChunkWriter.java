package io.keymux.packager.live;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.encrypt.SubsampleMap;
import io.keymux.packager.write.FragmentEncryptor;
import io.keymux.packager.write.KeyGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the {@code moof} of a protected chunk: that of the clear one, with what decryptors need,
 * and offsets that have moved by as much as it grew. Keeps its memory.
 */
final class ChunkWriter {
  private static final int TRAF = FourCc.of("traf");
  private static final int TFHD = FourCc.of("tfhd");
  private static final int TRUN = FourCc.of("trun");

  private final List<TrackCipher> ciphers;
  private final BoxWriter out = new BoxWriter(16 * 1024);
  private final List<SubsampleMap> maps = new ArrayList<>();
  private int[] offsetsAt = new int[8];
  private int[] offsets = new int[8];
  private int offsetCount;
  private int described;

  ChunkWriter(List<TrackCipher> ciphers) {
    this.ciphers = ciphers;
  }

  /** Of all chunks of the segment, one behind the other. */
  BoxWriter out() {
    return out;
  }

  /** What is encrypted of a sample, numbered through all tracks and chunks of the segment. */
  SubsampleMap map(int number) {
    return maps.get(number);
  }

  void startSegment() {
    out.reset();
    described = 0;
  }

  /**
   * Appends a {@code moof}.
   *
   * @param opensSegment whether {@code pssh} boxes that the segment brings go into it
   * @return by how many bytes it is longer than the clear one
   */
  int write(SegmentBoxes boxes, byte[] in, Chunk chunk, SegmentPlan plan, boolean opensSegment) {
    int start = out.size();
    offsetCount = 0;
    out.u32(0).u32(FourCc.of("moof"));
    int fragment = 0;
    int next;
    for (int box = boxes.body(chunk.moof); box < chunk.moofEnd; box = next) {
      next = boxes.end(box, chunk.moofEnd);
      if (boxes.type(box) == TRAF) {
        traf(boxes, in, chunk.fragment(fragment++), plan, start);
      } else {
        out.bytes(in, box, next - box);
      }
    }
    if (opensSegment) {
      pssh(chunk);
    }
    out.patchU32(start, out.size() - start);
    int growth = out.size() - start - (chunk.moofEnd - chunk.moof);
    for (int i = 0; i < offsetCount; i++) {
      out.patchU32(offsetsAt[i], offsets[i] + (long) growth);
    }
    return growth;
  }

  private void traf(
      SegmentBoxes boxes, byte[] in, TrackFragment fragment, SegmentPlan plan, int moofStart) {
    FragmentEncryptor with = ciphers.get(fragment.track).encryptor();
    int clearEntry = with == null ? plan.clearEntries().get(fragment.track) : 0;
    int start = out.size();
    out.u32(0).u32(TRAF);
    int next;
    for (int box = boxes.body(fragment.start); box < fragment.end; box = next) {
      next = boxes.end(box, fragment.end);
      if (boxes.type(box) == TFHD && clearEntry > 0) {
        tfhd(boxes, in, box, next, clearEntry);
        continue;
      }
      if (boxes.type(box) == TRUN && (boxes.u32(boxes.body(box)) & 1) != 0) {
        offset(out.size() + boxes.body(box) + 8 - box, boxes.u32(boxes.body(box) + 8));
      }
      out.bytes(in, box, next - box);
    }
    if (with != null) {
      describe(in, fragment, ciphers.get(fragment.track), with);
      if (plan.hasOtherKey(fragment.track)) {
        KeyGroup.write(out, with.encryption(), fragment.samples);
      }
      with.info().write(out, moofStart);
    }
    out.patchU32(start, out.size() - start);
  }

  private void tfhd(SegmentBoxes boxes, byte[] in, int box, int end, int entry) {
    int body = boxes.body(box);
    int flags = boxes.u32(body);
    int rest = body + 8 + 2 * (flags & 2);
    out.u32(16L + 4 + end - rest).u32(TFHD).u32(flags | 2).u32(boxes.u32(body + 4)).u32(entry);
    out.bytes(in, rest, end - rest);
  }

  private void offset(int at, int value) {
    if (offsetCount == offsets.length) {
      offsets = Arrays.copyOf(offsets, offsetCount * 2);
      offsetsAt = Arrays.copyOf(offsetsAt, offsetCount * 2);
    }
    offsetsAt[offsetCount] = at;
    offsets[offsetCount++] = value;
  }

  private void describe(
      byte[] in, TrackFragment fragment, TrackCipher cipher, FragmentEncryptor with) {
    with.startFragment();
    for (int i = 0; i < fragment.samples; i++) {
      if (described == maps.size()) {
        maps.add(new SubsampleMap());
      }
      int sample = cipher.takeSample();
      try {
        with.describe(sample, in, fragment.offsets[i], fragment.sizes[i], maps.get(described++));
      } catch (DrmException e) {
        throw new DrmException(
            e.blame(),
            e.code(),
            "Sample %d of the fragment, of %d bytes: %s"
                .formatted(i, fragment.sizes[i], e.problem()),
            e.remedy(),
            e);
      }
    }
  }

  private void pssh(Chunk chunk) {
    List<Bytes> written = List.of();
    for (int i = 0; i < chunk.fragments(); i++) {
      @Nullable FragmentEncryptor with = ciphers.get(chunk.fragment(i).track).encryptor();
      List<Bytes> pssh = with == null ? List.of() : with.encryption().fragmentPssh();
      for (Bytes box : pssh) {
        if (!written.contains(box)) {
          out.bytes(box.toArray());
        }
      }
      written = pssh.isEmpty() ? written : pssh;
    }
  }
}
