package io.keymux.packager.codec;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bits of an OBU where it lies. One is reused for all OBUs, so reading headers allocates
 * nothing.
 *
 * @see "AV1 Bitstream and Decoding Process Specification, 4.10 Descriptors"
 */
final class Av1BitReader {
  private static final int MAX_LEB128_BYTES = 8;

  private final String code;
  private byte[] data = {};
  private int origin;
  private int obu;
  private @Nullable String obuName;
  private long position;
  private long end;

  /**
   * @param code of the errors: {@link BitReader#FRAME} or {@link BitReader#CONFIG}
   */
  Av1BitReader(String code) {
    this.code = code;
  }

  /**
   * Starts at a byte.
   *
   * @param newOrigin of the sample, from which errors count
   * @param from the first byte
   * @param to the byte behind the last
   */
  void begin(byte[] newData, int newOrigin, int from, int to) {
    data = newData;
    origin = newOrigin;
    obu = from;
    obuName = null;
    position = from * 8L;
    end = to * 8L;
  }

  /** Names the OBU for errors, and lets it end at a byte. */
  void nameObu(String name, int to) {
    obuName = name;
    end = to * 8L;
  }

  boolean flag() {
    return bits(1) != 0;
  }

  /**
   * @param count 0 to 32
   * @return the bits, as a signed value only if 32 of them were asked for
   */
  int bits(int count) {
    if (count > end - position) {
      throw malformed("it ends here, but its syntax goes on");
    }
    int value = 0;
    int wanted = count;
    while (wanted > 0) {
      int left = 8 - (int) (position & 7);
      int take = Math.min(wanted, left);
      int current = (data[(int) (position >>> 3)] & 0xff) >>> (left - take);
      value = (value << take) | (current & ((1 << take) - 1));
      position += take;
      wanted -= take;
    }
    return value;
  }

  void skip(long count) {
    if (count > end - position) {
      throw malformed("it ends here, but its syntax goes on");
    }
    position += count;
  }

  /** A signed value, {@code su(count)}. */
  int signed(int count) {
    int shift = 32 - count;
    return (bits(count) << shift) >> shift;
  }

  /** A value from 0 up to, not with, {@code count}, {@code ns(count)}. */
  int nonSymmetric(int count) {
    int width = 32 - Integer.numberOfLeadingZeros(count);
    int shortCodes = (1 << width) - count;
    int value = bits(width - 1);
    return value < shortCodes ? value : (value << 1) - shortCodes + bits(1);
  }

  /** Skips a {@code uvlc()}. */
  void skipVariableLength() {
    int zeros = 0;
    while (!flag()) {
      zeros++;
    }
    skip(zeros < 32 ? zeros : 0);
  }

  /** An {@code le(bytes)} of at most 4 bytes. */
  long littleEndian(int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (bits(8) & 0xffL) << (8 * i);
    }
    return value;
  }

  /** A {@code leb128()}, below 2 to the 32. */
  long leb128() {
    long value = 0;
    for (int i = 0; i < MAX_LEB128_BYTES; i++) {
      int part = bits(8);
      value |= (part & 0x7fL) << (7 * i);
      if ((part & 0x80) == 0) {
        if (value >>> 32 != 0) {
          break;
        }
        return value;
      }
    }
    throw malformed("a size has more than 32 bits");
  }

  /** Goes to the next byte; the bits up to there are 0 unless the syntax was misread. */
  void alignToByte() {
    if ((position & 7) != 0 && bits(8 - (int) (position & 7)) != 0) {
      throw malformed("bits before the next byte are not 0");
    }
  }

  /** Reads {@code trailing_bits()}: a one, and zeros up to the end of the OBU. */
  void trailingBits() {
    boolean one = flag();
    alignToByte();
    while (position < end) {
      one &= bits(8) == 0;
    }
    if (!one) {
      throw malformed("it does not end with a one and zeros");
    }
  }

  /** The byte that is read next; the reader must be byte-aligned. */
  int bytePosition() {
    return (int) (position >>> 3);
  }

  DrmException malformed(String problem) {
    return new DrmException(
        Blame.CALLER,
        code,
        "AV1 %s at byte %d, byte %d: %s."
            .formatted(
                obuName == null ? "OBU" : obuName + " OBU",
                obu - origin,
                (position >>> 3) - origin,
                problem),
        "Check that the stream decodes, and encode it anew with a key frame at each sync sample.");
  }
}
