package io.keymux.packager.codec;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;

/**
 * Reads bits of a NAL unit where it lies: emulation prevention bytes are skipped as they are met,
 * nothing is copied. Reused for every NAL unit, so reading a slice header allocates nothing.
 *
 * <p>A byte is loaded when its first bit is wanted, not before: an emulation prevention byte that
 * follows the last bit read does not count as read.
 *
 * @see "ITU-T H.264, 7.3.1 NAL unit syntax and 9.1 Parsing process for Exp-Golomb codes"
 * @see "ITU-T H.265, 7.3.1.1 General NAL unit syntax"
 */
final class BitReader {
  /** Code of every error in a NAL unit of the stream. */
  static final String SLICE = "slice-header-unreadable";

  /** Code of every error in a frame of a codec without NAL units. */
  static final String FRAME = "frame-header-unreadable";

  /** Code of every error in the sample entry. */
  static final String CONFIG = "codec-config-unreadable";

  private final String code;
  private byte[] data = {};
  private String what = "";
  private int nalType;
  private int start;
  private int end;
  private int position;
  private int current;
  private int bitsLeft;
  private int zeros;
  private boolean escaped;

  /**
   * @param code of the errors: {@link #SLICE}, {@link #FRAME} or {@link #CONFIG}
   */
  BitReader(String code) {
    this.code = code;
  }

  /** A reader of bytes that hold no emulation prevention. */
  static BitReader plain(String what, byte[] bytes) {
    BitReader in = new BitReader(CONFIG);
    in.beginPlain(what, bytes, 0, bytes.length);
    return in;
  }

  /** Starts at the first bit of bytes that hold no emulation prevention. */
  void beginPlain(String newWhat, byte[] newData, int offset, int length) {
    begin(newWhat, -1, newData, offset, length);
    escaped = false;
  }

  /** Starts at the first bit of a NAL unit. */
  void begin(String newWhat, int newNalType, byte[] newData, int offset, int length) {
    what = newWhat;
    nalType = newNalType;
    data = newData;
    start = offset;
    position = offset;
    end = offset + length;
    bitsLeft = 0;
    zeros = 0;
    escaped = true;
  }

  boolean flag() {
    return bits(1) != 0;
  }

  /**
   * @param count 0 to 32
   * @return the bits, as a signed value only if 32 of them were asked for
   */
  int bits(int count) {
    int value = 0;
    int wanted = count;
    while (wanted > 0) {
      if (bitsLeft == 0) {
        load();
      }
      int take = Math.min(wanted, bitsLeft);
      bitsLeft -= take;
      value = (value << take) | ((current >>> bitsLeft) & ((1 << take) - 1));
      wanted -= take;
    }
    return value;
  }

  void skip(long count) {
    long left = count;
    while (left > 0) {
      if (bitsLeft == 0) {
        load();
      }
      int take = (int) Math.min(left, bitsLeft);
      bitsLeft -= take;
      left -= take;
    }
  }

  /** Skips what is left of a byte that has been begun. */
  void skipToByte() {
    bitsLeft = 0;
  }

  /** An unsigned Exp-Golomb code that is skipped or compared by its caller. */
  long ue() {
    int leadingZeros = 0;
    while (!flag()) {
      leadingZeros++;
      if (leadingZeros > 31) {
        throw malformed("an Exp-Golomb code has more than 31 leading zeros");
      }
    }
    return (1L << leadingZeros) - 1 + (bits(leadingZeros) & 0xffffffffL);
  }

  /**
   * An unsigned Exp-Golomb code with a limit.
   *
   * @param max the largest legal value
   * @param name of the syntax element, for the error
   */
  int ue(int max, String name) {
    long value = ue();
    if (value > max) {
      throw malformed(name + " is " + value + " where " + max + " is the most");
    }
    return (int) value;
  }

  /** Skips Exp-Golomb codes, signed or not. */
  void skipGolomb(int count) {
    for (int i = 0; i < count; i++) {
      ue();
    }
  }

  /** A signed Exp-Golomb code. */
  long se() {
    long code0 = ue();
    return (code0 & 1) == 1 ? (code0 + 1) >>> 1 : -(code0 >>> 1);
  }

  /** Bits that are left, emulation prevention bytes among them. */
  long remaining() {
    return (end - position) * 8L + bitsLeft;
  }

  /** Bytes of the NAL unit up to the last bit read, the rest of its byte included. */
  int bytesRead() {
    return position - start;
  }

  /** The next {@code length} whole bytes; the reader must be byte-aligned. */
  byte[] bytes(int length) {
    if (length > remaining() / 8) {
      throw malformed(length + " bytes wanted, " + remaining() / 8 + " left");
    }
    byte[] copy = new byte[length];
    for (int i = 0; i < length; i++) {
      copy[i] = (byte) bits(8);
    }
    return copy;
  }

  DrmException malformed(String problem) {
    return failure(Blame.CALLER, problem, "Check that the stream decodes, and encode it anew.");
  }

  DrmException unsupported(String problem) {
    return failure(
        Blame.UNSUPPORTED, problem, "Encode it without that, or extract the base layer.");
  }

  private DrmException failure(Blame blame, String problem, String remedy) {
    long bit = (position - start) * 8L - bitsLeft;
    String place = nalType < 0 ? what : what + " NAL unit of type " + nalType;
    return new DrmException(blame, code, place + ", bit " + bit + ": " + problem + ".", remedy);
  }

  private void load() {
    if (escaped && zeros >= 2 && position < end && data[position] == 3) {
      position++;
      zeros = 0;
    }
    if (position >= end) {
      throw malformed("it ends here, but its syntax goes on");
    }
    current = data[position++] & 0xff;
    bitsLeft = 8;
    zeros = current == 0 ? zeros + 1 : 0;
  }
}
