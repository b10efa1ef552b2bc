package io.keymux.packager.codec;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** Writes the bits of a NAL unit, then escapes them. */
final class BitWriter {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private int current;
  private int filled;

  BitWriter u(int bits, long value) {
    for (int i = bits - 1; i >= 0; i--) {
      current = (current << 1) | (int) ((value >>> i) & 1);
      filled++;
      if (filled == 8) {
        bytes.write(current);
        current = 0;
        filled = 0;
      }
    }
    return this;
  }

  BitWriter flag(boolean value) {
    return u(1, value ? 1 : 0);
  }

  /** Writes a random flag and says which. */
  boolean coin(Random random) {
    boolean value = random.nextBoolean();
    flag(value);
    return value;
  }

  BitWriter ue(long value) {
    int length = 64 - Long.numberOfLeadingZeros(value + 1);
    return u(length - 1, 0).u(length, value + 1);
  }

  BitWriter se(long value) {
    return ue(value > 0 ? 2 * value - 1 : -2 * value);
  }

  /** A one and zeros up to the next byte: the end of parameter sets and of HEVC slice headers. */
  BitWriter trailingBits() {
    u(1, 1);
    return fill(0);
  }

  /** Bits of one kind up to the next byte, as CABAC alignment or slice data. */
  BitWriter fill(int bit) {
    while (filled != 0) {
      u(1, bit);
    }
    return this;
  }

  int bitsWritten() {
    return bytes.size() * 8 + filled;
  }

  /** What was written, whole bytes only, without emulation prevention. */
  byte[] raw() {
    return bytes.toByteArray();
  }

  /** What was written, with emulation prevention bytes. */
  byte[] escaped() {
    return escape(bytes.toByteArray(), bytes.size());
  }

  /** How many bytes the first {@code rawBytes} take once they are escaped. */
  int escapedSize(int rawBytes) {
    return escape(bytes.toByteArray(), rawBytes).length;
  }

  private static byte[] escape(byte[] raw, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int zeros = 0;
    for (int i = 0; i < length; i++) {
      if (zeros == 2 && (raw[i] & 0xff) <= 3) {
        out.write(3);
        zeros = 0;
      }
      out.write(raw[i]);
      zeros = raw[i] == 0 ? zeros + 1 : 0;
    }
    return out.toByteArray();
  }
}
