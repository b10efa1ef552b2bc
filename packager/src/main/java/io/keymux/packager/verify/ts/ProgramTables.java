package io.keymux.packager.verify.ts;

import io.keymux.cpix.Bytes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads PAT and PMT: one program, each table in one packet.
 *
 * @see "ISO/IEC 13818-1, 2.4.4 Program specific information"
 */
final class ProgramTables {
  static final int UNKNOWN = -1;

  private static final int POLYNOMIAL = 0x04c11db7;
  private static final int HEADER_BYTES = 8;
  private static final int CRC_BYTES = 4;

  private final TsProblems problems;
  private final Map<Integer, TsStream> streams = new LinkedHashMap<>();
  private int mapPid = UNKNOWN;
  private int clockPid = UNKNOWN;

  ProgramTables(TsProblems problems) {
    this.problems = problems;
  }

  /** Forgets the tables: each segment brings its own. */
  void clear() {
    streams.clear();
    mapPid = UNKNOWN;
    clockPid = UNKNOWN;
  }

  /** PID of the PMT, or {@link #UNKNOWN}. */
  int mapPid() {
    return mapPid;
  }

  /** PID of the PCR, or {@link #UNKNOWN} before the PMT. */
  int clockPid() {
    return clockPid;
  }

  Map<Integer, TsStream> streams() {
    return streams;
  }

  /** Reads the PAT out of a packet's payload, which begins with the pointer field. */
  void association(String place, byte[] data, int offset, int end) {
    int from = section(place, "PAT", 0, data, offset, end);
    if (from < 0) {
      return;
    }
    int to = sectionEnd(data, from) - CRC_BYTES;
    int programs = 0;
    for (int at = from + HEADER_BYTES; at + 4 <= to; at += 4) {
      if (u16(data, at) != 0) {
        mapPid = u16(data, at + 2) & 0x1fff;
        programs++;
      }
    }
    if (programs != 1) {
      problems.problem("ts-program-count", place, "PAT: " + programs + " programs, HLS has one");
    }
  }

  /** Reads the PMT likewise. */
  void map(String place, byte[] data, int offset, int end) {
    int from = section(place, "PMT", 2, data, offset, end);
    if (from < 0) {
      return;
    }
    int to = sectionEnd(data, from) - CRC_BYTES;
    int at = from + HEADER_BYTES;
    if (at + 4 > to) {
      problems.problem("ts-table-malformed", place, "PMT: too short");
      return;
    }
    clockPid = u16(data, at) & 0x1fff;
    at += 4 + (u16(data, at + 2) & 0xfff);
    streams.clear();
    while (at + 5 <= to) {
      int pid = u16(data, at + 1) & 0x1fff;
      int next = at + 5 + (u16(data, at + 3) & 0xfff);
      if (next > to) {
        break;
      }
      byte[] descriptors = Arrays.copyOfRange(data, at + 5, next);
      int type = data[at] & 0xff;
      streams.put(pid, new TsStream(streams.size(), pid, type, Bytes.copyOf(descriptors)));
      at = next;
    }
    if (at != to) {
      problems.problem("ts-table-malformed", place, "PMT: its streams do not fill it");
    }
  }

  /** Where the section begins, or -1 if it cannot be used. */
  private int section(String place, String name, int table, byte[] data, int offset, int end) {
    int from = offset >= end ? end : offset + 1 + (data[offset] & 0xff);
    if (from + HEADER_BYTES + CRC_BYTES > end || sectionEnd(data, from) > end) {
      problems.problem("ts-table-malformed", place, name + ": does not fit in one packet");
      return -1;
    }
    int to = sectionEnd(data, from);
    if ((data[from] & 0xff) != table || to < from + HEADER_BYTES + CRC_BYTES) {
      problems.problem("ts-table-malformed", place, name + ": table " + (data[from] & 0xff));
      return -1;
    }
    if (crc(data, from, to) != 0) {
      problems.problem("ts-table-crc", place, name + ": its CRC is wrong");
      return -1;
    }
    return from;
  }

  private static int sectionEnd(byte[] data, int from) {
    return from + 3 + (u16(data, from + 1) & 0xfff);
  }

  private static int u16(byte[] data, int at) {
    return ((data[at] & 0xff) << 8) | (data[at + 1] & 0xff);
  }

  /** Of a section with its CRC: 0. */
  private static int crc(byte[] data, int from, int to) {
    int crc = -1;
    for (int i = from * 8; i < to * 8; i++) {
      int bit = (data[i / 8] >> (7 - i % 8)) & 1;
      crc = (crc << 1) ^ ((crc >>> 31) == bit ? 0 : POLYNOMIAL);
    }
    return crc;
  }
}
