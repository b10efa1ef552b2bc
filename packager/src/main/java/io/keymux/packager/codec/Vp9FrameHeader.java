package io.keymux.packager.codec;

/**
 * Measures the uncompressed header of VP9 frames. Its last part depends on the width of the frame,
 * which may be that of a reference frame: so the widths of all references are followed.
 *
 * @see "VP9 Bitstream and Decoding Process Specification, 6.2 Uncompressed header syntax"
 */
final class Vp9FrameHeader {
  private static final int REFERENCES = 8;
  private static final int REFERENCES_PER_FRAME = 3;
  private static final int SYNC_CODE = 0x498342;
  private static final int RGB = 7;

  /** By slot, 0 where no frame is known. */
  private final int[] widths = new int[REFERENCES];

  private final int[] used = new int[REFERENCES_PER_FRAME];
  private int width;

  /**
   * Reads the header at the start of a frame and does to the references what the frame does.
   *
   * @param length of the frame in bytes
   * @return bytes that must stay clear: {@code length} for a frame that only shows another
   */
  int read(BitReader in, int length) {
    if (in.bits(2) != 2) {
      throw in.malformed("frame_marker is not 2");
    }
    int profile = in.bits(1) | (in.bits(1) << 1);
    if (profile == 3) {
      zero(in, "the reserved bit of profile 3");
    }
    if (in.flag()) { // show_existing_frame
      in.skip(3);
      requireZeros(in);
      return length;
    }
    boolean inter = in.flag();
    boolean shown = in.flag();
    boolean errorResilient = in.flag();
    int refreshed = inter ? readInter(in, profile, shown, errorResilient) : readKey(in, profile);
    if (!errorResilient) {
      in.skip(2); // refresh_frame_context, frame_parallel_decoding_mode
    }
    in.skip(2); // frame_context_idx
    Vp9FrameTools.skip(in, width);
    int compressedHeader = in.bits(16);
    int clear = in.bytesRead();
    if (compressedHeader == 0 || compressedHeader > length - clear) {
      throw in.malformed(
          "header_size_in_bytes is " + compressedHeader + ", and " + (length - clear) + " follow");
    }
    for (int slot = 0; slot < REFERENCES; slot++) {
      if ((refreshed >> slot & 1) != 0) {
        widths[slot] = width;
      }
    }
    return clear;
  }

  /**
   * @return the slots that this frame goes to, as a bit mask
   */
  private int readKey(BitReader in, int profile) {
    readSyncCode(in);
    readColour(in, profile);
    readFrameSize(in);
    readRenderSize(in);
    return 0xff;
  }

  private int readInter(BitReader in, int profile, boolean shown, boolean errorResilient) {
    boolean intraOnly = !shown && in.flag();
    in.skip(errorResilient ? 0 : 2); // reset_frame_context
    if (intraOnly) {
      readSyncCode(in);
      if (profile > 0) {
        readColour(in, profile);
      }
      int refreshed = in.bits(8);
      readFrameSize(in);
      readRenderSize(in);
      return refreshed;
    }
    int refreshed = in.bits(8);
    for (int i = 0; i < REFERENCES_PER_FRAME; i++) {
      used[i] = in.bits(3);
      in.skip(1); // ref_frame_sign_bias
    }
    readSizeWithReferences(in);
    in.skip(1); // allow_high_precision_mv
    if (!in.flag()) { // is_filter_switchable
      in.skip(2); // raw_interpolation_filter
    }
    return refreshed;
  }

  private void readSizeWithReferences(BitReader in) {
    int found = 0;
    while (found < REFERENCES_PER_FRAME && !in.flag()) {
      found++;
    }
    if (found == REFERENCES_PER_FRAME) {
      readFrameSize(in);
    } else {
      width = widths[used[found]];
      if (width == 0) {
        throw in.malformed(
            "it has the size of reference frame " + used[found] + ", which no frame has set");
      }
    }
    readRenderSize(in);
  }

  private void readFrameSize(BitReader in) {
    width = in.bits(16) + 1;
    in.skip(16); // frame_height_minus_1
  }

  private static void readRenderSize(BitReader in) {
    in.skip(in.flag() ? 32 : 0);
  }

  private static void readSyncCode(BitReader in) {
    if (in.bits(24) != SYNC_CODE) {
      throw in.malformed("frame_sync_code is not 49 83 42");
    }
  }

  private static void readColour(BitReader in, int profile) {
    in.skip(profile >= 2 ? 1 : 0); // ten_or_twelve_bit
    boolean subsamplingIsWritten = (profile & 1) != 0;
    if (in.bits(3) != RGB) {
      in.skip(1); // color_range
      in.skip(subsamplingIsWritten ? 2 : 0);
    } else if (!subsamplingIsWritten) {
      throw in.malformed("RGB in profile " + profile);
    }
    if (subsamplingIsWritten) {
      zero(in, "the reserved bit of color_config");
    }
  }

  private static void zero(BitReader in, String what) {
    if (in.flag()) {
      throw in.malformed(what + " is set");
    }
  }

  /** Only padding may follow: a frame hidden there would stay clear. */
  private static void requireZeros(BitReader in) {
    in.skipToByte();
    while (in.remaining() > 0) {
      if (in.bits(8) != 0) {
        throw in.malformed("bytes follow a frame that only shows another");
      }
    }
  }
}
