package io.keymux.packager.live;

import io.keymux.cpix.box.BoxWriter;
import io.keymux.packager.write.FragmentEncryptor;
import java.util.List;

/** Puts a protected segment together from the clear one and new {@code moof} boxes. */
final class SegmentWriter {
  private final SegmentScan scan;
  private final ChunkWriter chunks;
  private final List<TrackCipher> ciphers;

  /** By how many bytes the {@code moof} of each chunk grows. */
  private int[] growths = new int[16];

  private final int[] samples;

  SegmentWriter(SegmentScan scan, List<TrackCipher> ciphers) {
    this.scan = scan;
    this.chunks = new ChunkWriter(ciphers);
    this.ciphers = ciphers;
    this.samples = new int[ciphers.size()];
  }

  /**
   * Decides what of the samples is encrypted, and writes the new boxes.
   *
   * @return bytes of the protected segment
   */
  int describe(byte[] in, int from, int to, SegmentPlan plan) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] = ciphers.get(i).sample();
    }
    chunks.startSegment();
    if (growths.length < scan.chunks()) {
      growths = new int[scan.chunks() * 2];
    }
    long size = (long) to - from;
    for (int i = 0; i < scan.chunks(); i++) {
      growths[i] = chunks.write(scan.boxes(), in, scan.chunk(i), plan, i == 0);
      size += growths[i];
    }
    return Math.toIntExact(size);
  }

  /** Writes the segment that was described. */
  void write(byte[] in, int from, int to, byte[] out, int outFrom) {
    BoxWriter moofs = chunks.out();
    int written = 0;
    int at = from;
    int moved = outFrom - from;
    for (int i = 0; i < scan.chunks(); i++) {
      Chunk chunk = scan.chunk(i);
      System.arraycopy(in, at, out, at + moved, chunk.moof - at);
      int moof = chunk.moofEnd - chunk.moof + growths[i];
      moofs.copyTo(written, moof, out, chunk.moof + moved);
      written += moof;
      moved += growths[i];
      at = chunk.moofEnd;
    }
    System.arraycopy(in, at, out, at + moved, to - at);
    encrypt(in, out, outFrom - from);
    for (int i = 0; i < scan.indexes(); i++) {
      index(scan.index(i), out, outFrom - from);
    }
  }

  private void encrypt(byte[] in, byte[] out, int outFrom) {
    int map = 0;
    int moved = outFrom;
    for (int c = 0; c < scan.chunks(); c++) {
      Chunk chunk = scan.chunk(c);
      moved += growths[c];
      for (int f = 0; f < chunk.fragments(); f++) {
        TrackFragment fragment = chunk.fragment(f);
        FragmentEncryptor with = ciphers.get(fragment.track).encryptor();
        for (int i = 0; with != null && i < fragment.samples; i++) {
          int at = fragment.offsets[i];
          with.apply(
              samples[fragment.track]++,
              in,
              at,
              out,
              at + moved,
              fragment.sizes[i],
              chunks.map(map++));
        }
      }
    }
  }

  /** Subsegments have grown by what their {@code moof} boxes did. */
  private void index(int sidx, byte[] out, int outFrom) {
    SegmentBoxes boxes = scan.boxes();
    int body = boxes.body(sidx);
    int end = boxes.end(sidx, Integer.MAX_VALUE);
    boolean wide = boxes.u32(body) >>> 24 == 1;
    int table = body + (wide ? 28 : 20);
    boxes.require(sidx, end, table + 4 - body);
    long first = wide ? boxes.u64(body + 20) : Integer.toUnsignedLong(boxes.u32(body + 16));
    int count = boxes.u32(table) & 0xffff;
    boxes.require(sidx, end, table + 4 - body + 12 * count);
    long at = end + first;
    int place = table + 4 + outFrom + growthBefore(sidx);
    for (int i = 0; i < count; i++) {
      int reference = boxes.u32(table + 4 + 12 * i);
      long next = at + (reference & 0x7fffffff);
      patch(out, place + 12 * i, reference + growth(at, next));
      at = next;
    }
  }

  private int growthBefore(int at) {
    return growth(Long.MIN_VALUE, at);
  }

  private int growth(long from, long to) {
    int growth = 0;
    for (int i = 0; i < scan.chunks(); i++) {
      int moof = scan.chunk(i).moof;
      growth += moof >= from && moof < to ? growths[i] : 0;
    }
    return growth;
  }

  private static void patch(byte[] out, int at, int value) {
    out[at] = (byte) (value >>> 24);
    out[at + 1] = (byte) (value >>> 16);
    out[at + 2] = (byte) (value >>> 8);
    out[at + 3] = (byte) value;
  }
}
