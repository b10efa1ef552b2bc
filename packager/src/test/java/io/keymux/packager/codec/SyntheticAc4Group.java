package io.keymux.packager.codec;

import java.util.Random;

/**
 * Writes the description of a random group of AC-4 substreams.
 *
 * @see "ETSI TS 103 190-2, 6.2.1.6 ac4_substream_group_info"
 */
final class SyntheticAc4Group {
  /** The codes of table 78, by channel mode. */
  private static final String[] MODES = {
    "0",
    "10",
    "1100",
    "1101",
    "1110",
    "1111000",
    "1111001",
    "1111010",
    "1111011",
    "1111100",
    "1111101",
    "11111100",
    "11111101",
    "111111100",
    "111111101",
    "111111110",
    "111111111"
  };

  private final Random random;
  private final BitWriter out;
  private final boolean is48kHz;
  private final int factor;
  private boolean present;

  SyntheticAc4Group(Random random, BitWriter out, boolean is48kHz, int factor) {
    this.random = random;
    this.out = out;
    this.is48kHz = is48kHz;
    this.factor = factor;
  }

  void write() {
    present = out.coin(random);
    boolean extended = out.coin(random);
    int count = 1 + random.nextInt(6);
    out.flag(count == 1);
    if (count > 1) {
      out.u(2, Math.min(count - 2, 3));
      if (count >= 5) {
        SyntheticAc4.variable(out, 2, count - 5);
      }
    }
    boolean channels = out.coin(random);
    if (!channels && out.coin(random)) {
      out.coin(random);
      index();
    }
    for (int i = 0; i < count; i++) {
      if (channels) {
        channels();
      } else if (out.coin(random)) {
        joint();
      } else {
        objects();
      }
      if (extended) {
        index();
      }
    }
    contentType();
  }

  private void channels() {
    int mode = random.nextInt(MODES.length);
    MODES[mode].chars().forEach(bit -> out.flag(bit == '1'));
    if (mode == 16) {
      SyntheticAc4.variable(out, 2, random.nextInt(9));
    }
    if (mode >= 11 && mode <= 14) {
      out.u(4, random.nextInt(16));
    }
    rates();
    if (mode >= 7 && mode <= 10) {
      out.coin(random);
    }
    noise(factor);
    index();
  }

  private void joint() {
    out.coin(random); // b_lfe
    if (!out.coin(random)) { // b_static_dmx
      int signals = 1 + random.nextInt(16);
      out.u(4, signals - 1L);
      beds(signals);
    }
    if (out.coin(random)) {
      metadata();
    }
    int signals = 1 + random.nextInt(30);
    out.u(4, Math.min(signals, 16) - 1L);
    if (signals >= 16) {
      SyntheticAc4.variable(out, 3, signals - 16);
    }
    beds(signals);
    rates();
    noise(factor);
    index();
  }

  private void metadata() {
    boolean defaultRatio = out.coin(random);
    noise(defaultRatio ? 0 : 5);
    out.coin(random);
    if (out.coin(random)) {
      int bytes = 1 + random.nextInt(6);
      out.flag(bytes > 1);
      if (bytes > 1) {
        SyntheticAc4.variable(out, 2, bytes - 2);
      }
      noise(8 * bytes);
    }
  }

  private void beds(int signals) {
    if (out.coin(random)) { // only dynamic objects
      return;
    }
    int kind = random.nextInt(5);
    switch (kind) {
      case 0 -> out.u(1, 1).u(3, random.nextInt(8)); // b_isf
      case 1 -> out.u(2, 0b01).u(3, random.nextInt(8)); // b_ch_assign_code
      case 2 -> out.u(4, 0b0011).u(17, random.nextInt(1 << 17)); // b_chan_assign_mask
      case 3 -> out.u(4, 0b0010).u(10, random.nextInt(1 << 10));
      default -> {
        out.u(3, 0);
        int bits = 0;
        while (1 << bits < signals) {
          bits++;
        }
        int beds = 1 + random.nextInt(signals);
        out.u(bits, beds - 1L);
        noise(4 * beds);
      }
    }
  }

  private void objects() {
    out.u(3, random.nextInt(8));
    switch (random.nextInt(4)) {
      case 0 -> out.u(1, 1).u(1, random.nextInt(2)); // b_dynamic_objects
      case 1 -> bedObjects();
      case 2 -> { // b_isf
        boolean start = random.nextBoolean();
        out.u(3, 0b001).flag(start);
        noise(start ? 3 : 0);
      }
      default -> {
        int bytes = random.nextInt(4); // the peer reads no more at once
        out.u(3, 0).u(4, bytes);
        noise(8 * bytes);
      }
    }
    rates();
    noise(factor);
    index();
  }

  private void bedObjects() {
    out.u(2, 0b01);
    switch (random.nextInt(4)) {
      case 0 -> out.u(1, 0); // b_bed_start
      case 1 -> out.u(2, 0b11).u(3, random.nextInt(8));
      case 2 -> out.u(3, 0b101).u(17, random.nextInt(1 << 17));
      default -> out.u(3, 0b100).u(10, random.nextInt(1 << 10));
    }
  }

  private void rates() {
    if (is48kHz && out.coin(random)) {
      out.coin(random);
    }
    if (out.coin(random)) {
      int indicator = random.nextInt(8);
      out.u(3, indicator);
      noise((indicator & 1) == 1 ? 2 : 0);
    }
  }

  private void contentType() {
    if (out.coin(random)) {
      out.u(3, random.nextInt(8));
      if (out.coin(random)) {
        boolean serialized = out.coin(random);
        int bytes = random.nextInt(12);
        out.u(serialized ? 0 : 6, serialized ? 0 : bytes);
        noise(serialized ? 17 : 8 * bytes);
      }
    }
  }

  private void index() {
    if (present) {
      int index = random.nextInt(6);
      out.u(2, Math.min(index, 3));
      if (index >= 3) {
        SyntheticAc4.variable(out, 2, index - 3);
      }
    }
  }

  private void noise(int bits) {
    for (int i = 0; i < bits; i++) {
      out.coin(random);
    }
  }
}
