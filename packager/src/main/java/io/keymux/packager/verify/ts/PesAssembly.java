package io.keymux.packager.verify.ts;

import io.keymux.cpix.Bytes;
import java.util.Arrays;

/**
 * Puts the PES packets of one PID together.
 *
 * @see "ISO/IEC 13818-1, 2.4.3.6 PES packet"
 */
final class PesAssembly {
  private static final int HEADER_BYTES = 9;
  private static final int FIXED_BYTES = 6;
  private static final int TIMESTAMP_BYTES = 5;

  private final TsProblems problems;
  private byte[] buffer = new byte[4096];
  private int size;
  private boolean open;
  private boolean randomAccess;
  private String place = "";
  private long lastDts = -1;

  /** Of the last packet of 188 bytes, or -1. */
  int counter = -1;

  PesAssembly(TsProblems problems) {
    this.problems = problems;
  }

  void begin(String newPlace, boolean newRandomAccess) {
    place = newPlace;
    randomAccess = newRandomAccess;
    size = 0;
    open = true;
  }

  boolean isOpen() {
    return open;
  }

  long lastDts() {
    return lastDts;
  }

  void add(byte[] data, int offset, int length) {
    if (length > buffer.length - size) {
      buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, size + length));
    }
    System.arraycopy(data, offset, buffer, size, length);
    size += length;
  }

  /** Forgets a packet that nobody wants. */
  void drop() {
    open = false;
  }

  /** Ends the packet; hands it on if it can be read. */
  void end(TsStream stream, ClockCheck clock, PesConsumer consumer) {
    open = false;
    if (size < HEADER_BYTES || buffer[0] != 0 || buffer[1] != 0 || buffer[2] != 1) {
      problems.problem("ts-pes-malformed", place, "no PES packet starts here");
      return;
    }
    int said = ((buffer[4] & 0xff) << 8) | (buffer[5] & 0xff);
    boolean video = (buffer[3] & 0xf0) == 0xe0;
    if (said != size - FIXED_BYTES && (said != 0 || !video)) {
      problems.problem(
          "ts-pes-malformed",
          place,
          "PES packet of %d bytes says %d".formatted(size - FIXED_BYTES, said));
    }
    int flags = (buffer[7] & 0xff) >> 6;
    int data = HEADER_BYTES + (buffer[8] & 0xff);
    int timestamps = flags == 3 ? 2 : flags == 2 ? 1 : 0;
    if (data > size || data < HEADER_BYTES + TIMESTAMP_BYTES * timestamps) {
      problems.problem("ts-pes-malformed", place, "PES header of " + data + " bytes");
      return;
    }
    long pts = timestamps == 0 ? -1 : timestamp(HEADER_BYTES, flags);
    long dts = timestamps == 2 ? timestamp(HEADER_BYTES + TIMESTAMP_BYTES, 1) : pts;
    Bytes content = Bytes.copyOf(Arrays.copyOfRange(buffer, data, size));
    PesPacket packet = new PesPacket(place, pts, dts, randomAccess, content);
    clock.pes(packet, lastDts);
    lastDts = dts;
    consumer.pes(stream, packet);
  }

  private long timestamp(int at, int prefix) {
    int first = buffer[at] & 0xff;
    if (first >> 4 != prefix || (first & buffer[at + 2] & buffer[at + 4] & 1) == 0) {
      problems.problem("ts-pes-malformed", place, "a timestamp without its marker bits");
    }
    long high = (first >> 1) & 7;
    long middle = ((buffer[at + 1] & 0xffL) << 7) | ((buffer[at + 2] & 0xff) >> 1);
    long low = ((buffer[at + 3] & 0xffL) << 7) | ((buffer[at + 4] & 0xff) >> 1);
    return (high << 30) | (middle << 15) | low;
  }
}
