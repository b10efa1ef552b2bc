package io.keymux.packager.codec;

import io.keymux.cpix.Bytes;
import java.util.Random;

/**
 * Writes random VP9 frames along the syntax tables and remembers what later frames may refer to.
 *
 * @see "VP9 Bitstream and Decoding Process Specification, 6.2 Uncompressed header syntax"
 */
final class SyntheticVp9Frame {
  private static final int[] FEATURE_BITS = {8, 6, 2, 0};

  private final Random random;
  private final int[] widths = new int[8];
  private int width;

  SyntheticVp9Frame(Random random) {
    this.random = random;
  }

  /**
   * @param bytes of the frame
   * @param clear bytes of the uncompressed header
   */
  record Frame(Bytes bytes, int clear) {}

  Frame key() {
    BitWriter out = new BitWriter();
    int profile = begin(out);
    out.flag(false).u(1, 0); // show_existing_frame, key frame
    out.coin(random);
    boolean errorResilient = out.coin(random);
    out.u(24, 0x498342);
    colour(out, profile);
    size(out);
    return end(out, errorResilient, 0xff);
  }

  /** A frame that only shows another, with padding or without. */
  Frame showExisting() {
    BitWriter out = new BitWriter();
    begin(out);
    out.flag(true).u(3, random.nextInt(8)).fill(0);
    for (int padding = random.nextInt(3); padding > 0; padding--) {
      out.u(8, 0);
    }
    Bytes bytes = Bytes.copyOf(out.raw());
    return new Frame(bytes, bytes.size());
  }

  Frame inter() {
    BitWriter out = new BitWriter();
    int profile = begin(out);
    out.flag(false).u(1, 1);
    boolean shown = out.coin(random);
    boolean errorResilient = out.coin(random);
    boolean intraOnly = !shown && out.coin(random);
    if (!errorResilient) {
      out.u(2, random.nextInt(4));
    }
    int refreshed = random.nextInt(256);
    if (intraOnly) {
      out.u(24, 0x498342);
      if (profile > 0) {
        colour(out, profile);
      }
      out.u(8, refreshed);
      size(out);
    } else {
      out.u(8, refreshed);
      references(out);
      out.coin(random); // allow_high_precision_mv
      if (!out.coin(random)) { // is_filter_switchable
        out.u(2, random.nextInt(4));
      }
    }
    return end(out, errorResilient, refreshed);
  }

  private int begin(BitWriter out) {
    int profile = random.nextInt(4);
    out.u(2, 2).u(1, profile & 1).u(1, profile >> 1);
    if (profile == 3) {
      out.u(1, 0);
    }
    return profile;
  }

  private void colour(BitWriter out, int profile) {
    if (profile >= 2) {
      out.coin(random);
    }
    boolean odd = (profile & 1) == 1;
    int space = random.nextInt(odd ? 8 : 7);
    out.u(3, space);
    if (space != 7) {
      out.coin(random); // color_range
      out.u(odd ? 2 : 0, odd ? random.nextInt(3) : 0);
    }
    out.u(odd ? 1 : 0, 0);
  }

  private void references(BitWriter out) {
    int[] used = new int[3];
    for (int i = 0; i < 3; i++) {
      used[i] = random.nextInt(8);
      out.u(3, used[i]);
      out.coin(random);
    }
    for (int slot : used) {
      if (out.coin(random)) { // found_ref
        width = widths[slot];
        renderSize(out);
        return;
      }
    }
    size(out);
  }

  private void size(BitWriter out) {
    width = 1 + random.nextInt(1 << (1 + random.nextInt(16)));
    out.u(16, width - 1L).u(16, random.nextInt(1 << 16));
    renderSize(out);
  }

  private void renderSize(BitWriter out) {
    if (out.coin(random)) {
      out.u(32, random.nextInt());
    }
  }

  private Frame end(BitWriter out, boolean errorResilient, int refreshed) {
    if (!errorResilient) {
      out.u(2, random.nextInt(4));
    }
    out.u(2, random.nextInt(4)).u(9, random.nextInt(512)); // context, loop filter
    boolean deltas = out.coin(random);
    if (deltas && out.coin(random)) {
      optional(out, 6, 7);
    }
    out.u(8, random.nextInt(256));
    optional(out, 3, 5);
    if (out.coin(random)) {
      segmentation(out);
    }
    tiles(out);
    int compressedHeader = 1 + random.nextInt(40);
    out.u(16, compressedHeader);
    int clear = (out.bitsWritten() + 7) / 8;
    out.fill(1);
    for (int left = compressedHeader + random.nextInt(200); left > 0; left--) {
      out.u(8, random.nextInt(256));
    }
    out.u(8, random.nextInt(0xc0)); // never like the marker of an index
    for (int slot = 0; slot < 8; slot++) {
      widths[slot] = (refreshed >> slot & 1) == 1 ? width : widths[slot];
    }
    return new Frame(Bytes.copyOf(out.raw()), clear);
  }

  private void segmentation(BitWriter out) {
    if (out.coin(random)) {
      optional(out, 7, 8);
      if (out.coin(random)) {
        optional(out, 3, 8);
      }
    }
    if (out.coin(random)) {
      out.coin(random);
      for (int i = 0; i < 8 * FEATURE_BITS.length; i++) {
        int feature = i % FEATURE_BITS.length;
        optional(out, 1, FEATURE_BITS[feature] + (feature < 2 ? 1 : 0));
      }
    }
  }

  /** The limits as the specification computes them, from blocks of 8 pixels. */
  private void tiles(BitWriter out) {
    int miCols = (width + 7) >> 3;
    int sb64Cols = (miCols + 7) >> 3;
    int min = 0;
    while ((64 << min) < sb64Cols) {
      min++;
    }
    int max = 1;
    while ((sb64Cols >> max) >= 4) {
      max++;
    }
    max--;
    boolean more = true;
    for (int columns = min; columns < max && more; columns++) {
      more = out.coin(random);
    }
    if (out.coin(random)) {
      out.coin(random);
    }
  }

  private void optional(BitWriter out, int count, int bits) {
    for (int i = 0; i < count; i++) {
      if (out.coin(random)) {
        out.u(bits, random.nextInt(1 << bits));
      }
    }
  }
}
