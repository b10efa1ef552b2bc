package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes AV1 samples with random headers, along 5.3 and 5.11.1. */
final class SyntheticAv1 {
  private static final int SAMPLES = 6;

  /** Bytes of a sample from {@code from} up to, not with, {@code to}. */
  record Tile(int from, int to) {}

  record Sample(Bytes data, List<Tile> tiles) {}

  private final Random random;
  private final Av1Syntax s;
  private final SyntheticAv1Slots slots = new SyntheticAv1Slots();
  private final SyntheticAv1Sequence seq;
  private final byte[] sequenceHeader;
  private ByteArrayOutputStream sample = new ByteArrayOutputStream();
  private List<Tile> tiles = new ArrayList<>();

  /** The extension byte of the frame's OBUs, or -1. */
  private int extension = -1;

  SyntheticAv1(Random random) {
    this.random = random;
    this.s = new Av1Syntax(random);
    this.seq = new SyntheticAv1Sequence(s);
    this.sequenceHeader = s.out.trailingBits().raw();
  }

  List<Sample> stream() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      sample = new ByteArrayOutputStream();
      tiles = new ArrayList<>();
      if (random.nextBoolean()) {
        obu(2, new byte[0], List.of(), true);
      }
      if (i == 0 || random.nextInt(4) == 0) {
        obu(1, sequenceHeader, List.of(), true);
      }
      for (int frames = 1 + random.nextInt(3); frames > 0; frames--) {
        other();
        frame(frames == 1);
      }
      samples.add(new Sample(Bytes.copyOf(sample.toByteArray()), tiles));
    }
    return samples;
  }

  /** Metadata, padding, or what is not defined yet. */
  private void other() {
    if (random.nextInt(3) == 0) {
      byte[] payload = new byte[1 + random.nextInt(20)];
      random.nextBytes(payload);
      obu(List.of(5, 15, 9, 0).get(random.nextInt(4)), payload, List.of(), true);
    }
  }

  private void frame(boolean lastOfSample) {
    int temporalId = random.nextInt(8);
    int spatialId = random.nextInt(4);
    extension = random.nextInt(3) == 0 ? temporalId << 5 | spatialId << 3 : -1;
    s.out = new BitWriter();
    if (!seq.reducedStillPictureHeader && slots.anyValid() && random.nextInt(5) == 0) {
      new SyntheticAv1Frame(s, seq, slots).showExisting();
      obu(3, s.out.trailingBits().raw(), List.of(), !lastOfSample || random.nextBoolean());
      return;
    }
    SyntheticAv1Frame frame = new SyntheticAv1Frame(s, seq, slots);
    boolean layered = extension >= 0;
    frame.uncompressedHeader(!slots.anyValid(), layered ? temporalId : 0, layered ? spatialId : 0);
    int next = 0;
    int count = frame.coding.tileCols * frame.coding.tileRows;
    byte[] header = {};
    if (random.nextBoolean()) {
      s.out.fill(0);
      next = tileGroup(6, frame.coding, 0, lastOfSample);
    } else {
      header = s.out.trailingBits().raw();
      obu(3, header, List.of(), true);
    }
    while (next < count) {
      if (random.nextInt(4) == 0) {
        other();
        if (header.length > 0) {
          obu(7, header, List.of(), true);
        }
      }
      s.out = new BitWriter();
      next = tileGroup(4, frame.coding, next, lastOfSample);
    }
    frame.update();
  }

  /** Writes tiles from {@code first} on behind what is written already; returns the next tile. */
  private int tileGroup(int type, SyntheticAv1Coding coding, int first, boolean lastOfSample) {
    int count = coding.tileCols * coding.tileRows;
    int last = random.nextInt(3) == 0 ? first + random.nextInt(count - first) : count - 1;
    if (count > 1) {
      boolean startAndEnd = first > 0 || last < count - 1 || random.nextBoolean();
      s.out.flag(startAndEnd);
      if (startAndEnd) {
        int tileBits = coding.tileColsLog2 + coding.tileRowsLog2;
        s.out.u(tileBits, first).u(tileBits, last);
      }
    }
    s.out.fill(0);
    List<Tile> group = new ArrayList<>();
    for (int tile = first; tile <= last; tile++) {
      int size = 1 + random.nextInt(40);
      if (tile < last) {
        for (int i = 0; i < coding.tileSizeBytes; i++) {
          s.out.u(8, (size - 1) >> (8 * i));
        }
      }
      int from = s.out.bitsWritten() / 8;
      for (int i = 0; i < size; i++) {
        s.out.u(8, random.nextInt());
      }
      group.add(new Tile(from, from + size));
    }
    boolean sized = !lastOfSample || last < count - 1 || random.nextBoolean();
    obu(type, s.out.raw(), group, sized);
    return last + 1;
  }

  private void obu(int type, byte[] payload, List<Tile> group, boolean sized) {
    boolean layered = extension >= 0 && type != 1 && type != 2;
    sample.write(type << 3 | (layered ? 4 : 0) | (sized ? 2 : 0));
    if (layered) {
      sample.write(extension);
    }
    if (sized) {
      leb128(payload.length);
    }
    int start = sample.size();
    group.forEach(tile -> tiles.add(new Tile(start + tile.from(), start + tile.to())));
    sample.writeBytes(payload);
  }

  /** In as few bytes as possible, or in more. */
  private void leb128(int value) {
    int padding = random.nextInt(8) == 0 ? random.nextInt(4) : 0;
    int rest = value;
    while (rest > 127) {
      sample.write(0x80 | (rest & 0x7f));
      rest >>= 7;
    }
    sample.write(rest | (padding > 0 ? 0x80 : 0));
    for (int i = 1; i <= padding; i++) {
      sample.write(i < padding ? 0x80 : 0);
    }
  }
}
