package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import java.util.Random;

/**
 * Writes random AC-4 frames along the syntax tables.
 *
 * @see "ETSI TS 103 190-2, 6.2.1 ac4_toc"
 */
final class SyntheticAc4 {
  private final Random random;
  private final BitWriter out = new BitWriter();
  private int frameRate;
  private int groups;
  private int factor;

  SyntheticAc4(Random random) {
    this.random = random;
  }

  /**
   * @param bytes of the frame
   * @param clear bytes of the table of contents
   */
  record Frame(Bytes bytes, int clear) {}

  Frame frame() {
    out.u(2, 2).u(10, random.nextInt(1024));
    if (out.coin(random)) { // b_wait_frames
      int wait = random.nextInt(8);
      out.u(3, wait).u(wait > 0 ? 2 : 0, wait > 0 ? 3 : 0);
    }
    boolean is48kHz = out.coin(random);
    frameRate = random.nextInt(14);
    out.u(4, frameRate);
    out.coin(random);
    int presentations = 1 + random.nextInt(3) * random.nextInt(3);
    out.flag(presentations == 1);
    if (presentations > 1) {
      out.flag(true);
      variable(2, presentations - 2);
    }
    if (out.coin(random)) { // b_payload_base
      int base = 28 + random.nextInt(4);
      out.u(5, base);
      if (base == 31) {
        variable(3, random.nextInt(100));
      }
    }
    if (out.coin(random)) { // b_program_id
      out.u(16, random.nextInt(65536));
      if (out.coin(random)) {
        noise(128);
      }
    }
    // One for all presentations, as groups may belong to several of them.
    factor = -1;
    for (int i = 0; i < presentations; i++) {
      presentation(i == 0);
    }
    for (int i = 0; i < groups; i++) {
      new SyntheticAc4Group(random, out, is48kHz, factor).write();
    }
    index();
    out.fill(0);
    int clear = out.bitsWritten() / 8;
    noise(8 * random.nextInt(100));
    return new Frame(Bytes.copyOf(out.raw()), clear);
  }

  private void presentation(boolean first) {
    boolean single = first || random.nextBoolean();
    out.flag(single);
    int configuration = single ? -1 : random.nextInt(9);
    if (!single) {
      out.u(3, Math.min(7, configuration));
      if (configuration >= 7) {
        variable(2, configuration - 7);
      }
    }
    int version = random.nextInt(3);
    out.u(version + 1, (1 << (version + 1)) - 2); // as many ones, and a zero
    if (configuration == 6) {
      emdfSubstreams();
      return;
    }
    out.u(3, random.nextInt(8));
    if (out.coin(random)) {
      variable(2, random.nextInt(40));
    }
    frameRates();
    emdf();
    if (out.coin(random)) {
      out.coin(random);
    }
    specifiers(single, configuration);
    out.coin(random); // b_pre_virtualized
    boolean more = out.coin(random);
    out.u(2, random.nextInt(4));
    substreamIndex();
    if (more) {
      emdfSubstreams();
    }
  }

  private void frameRates() {
    boolean four = frameRate >= 2 && frameRate <= 4;
    boolean two = frameRate <= 1 || (frameRate >= 7 && frameRate <= 9);
    if (factor < 0) {
      factor = four ? 1 << random.nextInt(3) : two ? 1 << random.nextInt(2) : 1;
    }
    if (four || two) {
      out.flag(factor > 1);
      if (four && factor > 1) {
        out.flag(factor == 4);
      }
    }
    if (frameRate >= 5 && frameRate <= 9) {
      out.coin(random);
    } else if (frameRate >= 10 && frameRate <= 12 && out.coin(random)) {
      out.coin(random);
    }
  }

  private void specifiers(boolean single, int configuration) {
    int count = 1;
    if (!single) {
      out.coin(random); // b_multi_pid
      count = configuration > 5 ? 0 : configuration > 2 ? 3 : 2;
      if (configuration == 5) {
        count = 2 + random.nextInt(6);
        out.u(2, Math.min(count - 2, 3));
        if (count >= 5) {
          variable(2, count - 5);
        }
      } else if (configuration > 5) {
        int bytes = random.nextInt(70);
        out.u(5, bytes & 31).flag(bytes > 31);
        if (bytes > 31) {
          variable(2, bytes >> 5);
        }
        noise(8 * (bytes > 31 ? (bytes & 31) + (bytes >> 5 << 5) : bytes));
      }
    }
    for (int i = 0; i < count; i++) {
      int group = groups == 0 ? 0 : random.nextInt(groups + 1);
      groups = Math.max(groups, group + 1);
      out.u(3, Math.min(group, 7));
      if (group >= 7) {
        variable(2, group - 7);
      }
    }
  }

  private void emdfSubstreams() {
    int count = 1 + random.nextInt(5);
    out.u(2, count >= 4 ? 0 : count);
    if (count >= 4) {
      variable(2, count - 4);
    }
    for (int i = 0; i < count; i++) {
      emdf();
    }
  }

  private void emdf() {
    int version = random.nextInt(6);
    out.u(2, Math.min(version, 3));
    if (version >= 3) {
      variable(2, version - 3);
    }
    int key = random.nextInt(10);
    out.u(3, Math.min(key, 7));
    if (key >= 7) {
      variable(3, key - 7);
    }
    if (out.coin(random)) {
      substreamIndex();
    }
    int[] bits = {0, 8, 32, 128};
    int primary = 1 + random.nextInt(3);
    int secondary = random.nextInt(4);
    out.u(2, primary).u(2, secondary);
    noise(bits[primary] + bits[secondary]);
  }

  private void index() {
    int substreams = 1 + random.nextInt(7);
    out.u(2, substreams >= 4 ? 0 : substreams);
    if (substreams >= 4) {
      variable(2, substreams - 4);
    }
    if (substreams > 1 || out.coin(random)) {
      for (int i = 0; i < substreams; i++) {
        boolean more = out.coin(random);
        out.u(10, random.nextInt(1024));
        if (more) {
          variable(2, random.nextInt(9));
        }
      }
    }
  }

  private void substreamIndex() {
    int index = random.nextInt(6);
    out.u(2, Math.min(index, 3));
    if (index >= 3) {
      variable(2, index - 3);
    }
  }

  private void variable(int bits, int value) {
    variable(out, bits, value);
  }

  /** The groups of {@code variable_bits}, the last one first. */
  static void variable(BitWriter out, int bits, int value) {
    variable(out, bits, value, false);
  }

  private static void variable(BitWriter out, int bits, int value, boolean more) {
    if (value >= 1 << bits) {
      variable(out, bits, (value >> bits) - 1, true);
    }
    out.u(bits, value & ((1 << bits) - 1)).flag(more);
  }

  private void noise(int bits) {
    for (int i = 0; i < bits; i++) {
      out.coin(random);
    }
  }
}
