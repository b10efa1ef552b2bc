package io.keymux.packager.ts;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.box.BoxWriter;
import java.util.List;

/**
 * Sections that say what a transport stream holds: one program.
 *
 * @see "ISO/IEC 13818-1, 2.4.4 Program specific information"
 */
final class Psi {
  static final int PAT_PID = 0;
  static final int PMT_PID = 0x1000;

  private static final int PROGRAM = 1;
  private static final int TRANSPORT_STREAM = 1;
  private static final int PAT_TABLE = 0;
  private static final int PMT_TABLE = 2;
  private static final int CRC_BYTES = 4;
  private static final int LENGTH_END = 3;

  private Psi() {}

  /**
   * A stream of the program.
   *
   * @param descriptors as they stand in the PMT
   */
  record Stream(int type, int pid, Bytes descriptors) {}

  static byte[] pat() {
    BoxWriter out = new BoxWriter(32);
    out.u16(PROGRAM).u16(0xe000 | PMT_PID);
    return section(PAT_TABLE, TRANSPORT_STREAM, 0, out.toByteArray());
  }

  /**
   * @param version 0 to 31; another one where the content differs
   */
  static byte[] pmt(List<Stream> streams, int pcrPid, int version) {
    BoxWriter out = new BoxWriter(64);
    out.u16(0xe000 | pcrPid).u16(0xf000);
    for (Stream stream : streams) {
      byte[] descriptors = stream.descriptors().toArray();
      out.u8(stream.type()).u16(0xe000 | stream.pid());
      out.u16(0xf000 | descriptors.length).bytes(descriptors);
    }
    return section(PMT_TABLE, PROGRAM, version, out.toByteArray());
  }

  private static byte[] section(int table, int id, int version, byte[] body) {
    BoxWriter out = new BoxWriter(64);
    int length = 5 + body.length + CRC_BYTES;
    out.u8(table).u16(0xb000 | length);
    out.u16(id).u8(0xc1 | (version << 1)).u8(0).u8(0).bytes(body);
    out.u32(Crc32Mpeg.of(out.toByteArray(), 0, LENGTH_END + length - CRC_BYTES) & 0xffffffffL);
    return out.toByteArray();
  }
}
