package io.keymux.packager.ts;

import io.keymux.packager.output.SegmentSink;
import java.util.Arrays;

/**
 * Cuts sections and PES packets into packets of 188 bytes, which are handed on in chunks.
 *
 * @see "ISO/IEC 13818-1, 2.4.3.2 Transport Stream packet layer; 2.4.3.4 Adaptation field"
 */
final class TsPackets {
  static final int PACKET_BYTES = 188;
  static final int HEADER_BYTES = 4;
  static final int PAYLOAD_BYTES = PACKET_BYTES - HEADER_BYTES;
  static final int COUNTERS = 16;

  /** No PCR in this packet. */
  static final long NO_PCR = Long.MIN_VALUE;

  /** A multiple of 4 packets is one of the 16 bytes of a cipher's block. */
  private static final int BUFFER_BYTES = 1392 * PACKET_BYTES;

  private static final int SYNC = 0x47;
  private static final int UNIT_START = 0x40;
  private static final int PAYLOAD = 0x10;
  private static final int ADAPTATION = 0x20;
  private static final int RANDOM_ACCESS = 0x40;
  private static final int PCR = 0x10;
  private static final int FLAGS_BYTES = 2;
  private static final int PCR_BYTES = 6;

  private final byte[] buffer = new byte[BUFFER_BYTES];
  private final SegmentSink sink;
  private int at;

  TsPackets(SegmentSink sink) {
    this.sink = sink;
  }

  /** Bytes of the adaptation field that the first packet of a PES packet needs. */
  static int fieldBytes(boolean randomAccess, boolean pcr) {
    return pcr ? FLAGS_BYTES + PCR_BYTES : randomAccess ? FLAGS_BYTES : 0;
  }

  /** Packets for so many bytes of a PES packet behind a field. */
  static int count(int bytes, int fieldBytes) {
    return (bytes + fieldBytes + PAYLOAD_BYTES - 1) / PAYLOAD_BYTES;
  }

  /** A section that fits in one packet. */
  void section(int pid, int counter, byte[] section) {
    header(pid, UNIT_START, PAYLOAD, counter);
    buffer[at++] = 0; // pointer_field
    System.arraycopy(section, 0, buffer, at, section.length);
    Arrays.fill(buffer, at + section.length, at + PAYLOAD_BYTES - 1, (byte) 0xff);
    at += PAYLOAD_BYTES - 1;
  }

  /**
   * A packet with nothing but a PCR.
   *
   * @param counter of the last packet with payload: it does not count
   */
  void clock(int pid, int counter, long pcr) {
    header(pid, 0, ADAPTATION, counter);
    field(PAYLOAD_BYTES, false, pcr);
  }

  /**
   * A PES packet.
   *
   * @param counter of the first packet
   * @param pcr in ticks of 90 kHz, or {@link #NO_PCR}
   * @param packets at least {@link #count}; with more, the last ones hold one byte each
   */
  void pes(
      int pid,
      int counter,
      byte[] data,
      int offset,
      int length,
      boolean randomAccess,
      long pcr,
      int packets) {
    int from = offset;
    int end = offset + length;
    int field = fieldBytes(randomAccess, pcr != NO_PCR);
    for (int i = 0; i < packets; i++) {
      int payload = Math.min(PAYLOAD_BYTES - field, end - from - (packets - 1 - i));
      boolean plain = payload == PAYLOAD_BYTES;
      header(pid, i == 0 ? UNIT_START : 0, plain ? PAYLOAD : PAYLOAD | ADAPTATION, counter + i);
      if (!plain) {
        field(PAYLOAD_BYTES - payload, i == 0 && randomAccess, i == 0 ? pcr : NO_PCR);
      }
      System.arraycopy(data, from, buffer, at, payload);
      at += payload;
      from += payload;
      field = 0;
    }
  }

  /** Hands on what is left. */
  void flush() {
    sink.write(buffer, 0, at);
    at = 0;
  }

  private void header(int pid, int start, int content, int counter) {
    if (at == BUFFER_BYTES) {
      flush();
    }
    buffer[at++] = SYNC;
    buffer[at++] = (byte) (start | (pid >> 8));
    buffer[at++] = (byte) pid;
    buffer[at++] = (byte) (content | (counter & (COUNTERS - 1)));
  }

  /**
   * @param bytes in all, with the length byte
   */
  private void field(int bytes, boolean randomAccess, long pcr) {
    int end = at + bytes;
    buffer[at++] = (byte) (bytes - 1);
    if (bytes > 1) {
      buffer[at++] = (byte) ((randomAccess ? RANDOM_ACCESS : 0) | (pcr == NO_PCR ? 0 : PCR));
    }
    if (pcr != NO_PCR) {
      buffer[at++] = (byte) (pcr >> 25);
      buffer[at++] = (byte) (pcr >> 17);
      buffer[at++] = (byte) (pcr >> 9);
      buffer[at++] = (byte) (pcr >> 1);
      buffer[at++] = (byte) (((pcr & 1) << 7) | 0x7e); // reserved bits; the extension is 0
      buffer[at++] = 0;
    }
    Arrays.fill(buffer, at, end, (byte) 0xff);
    at = end;
  }
}
