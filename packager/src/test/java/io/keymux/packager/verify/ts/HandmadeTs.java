package io.keymux.packager.verify.ts;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/** A segment written by hand: PAT, PMT and three pictures of H.264, a packet each. */
final class HandmadeTs {
  private static final int PACKET = 188;
  private static final String PAT = "00b00d0001c100000001f0002ab104b2";
  private static final String PMT = "02b0120001c10000e100f0001be100f00015bd4d56";

  private HandmadeTs() {}

  static byte[] segment() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(table("47400010", PAT));
    out.writeBytes(table("47500010", PMT));
    out.writeBytes(picture(0, 0x50, "0000000109f00000016501"));
    out.writeBytes(picture(1, 0x10, "0000000109f00000014102"));
    out.writeBytes(picture(2, 0x10, "0000000109f00000014103"));
    return out.toByteArray();
  }

  /** Where the PES packet begins in each packet of a picture. */
  static int pesOffset() {
    return PACKET - 14 - 11;
  }

  private static byte[] table(String header, String section) {
    byte[] packet = new byte[PACKET];
    Arrays.fill(packet, (byte) 0xff);
    byte[] bytes = HexFormat.of().parseHex(header + "00" + section);
    System.arraycopy(bytes, 0, packet, 0, bytes.length);
    return packet;
  }

  private static byte[] picture(int number, int flags, String data) {
    long dts = 900_000 + number * 3600L;
    long pcr = dts - 63_000; // both at 90 kHz
    byte[] content = HexFormat.of().parseHex(data);
    byte[] packet = new byte[PACKET];
    Arrays.fill(packet, (byte) 0xff);
    int pes = PACKET - 14 - content.length;
    String start = "474100%02x%02x%02x".formatted(0x30 | number, pes - 5, flags);
    String clock = "%08x%02x00".formatted(pcr >> 1, ((pcr & 1) << 7) | 0x7e);
    String header = "000001e0%04x848005".formatted(8 + content.length);
    String time =
        "%02x%04x%04x"
            .formatted(
                0x20 | ((dts >> 29) & 0xe) | 1,
                ((dts >> 14) & 0xfffe) | 1,
                ((dts << 1) & 0xfffe) | 1);
    put(packet, 0, HexFormat.of().parseHex(start + clock));
    put(packet, pes, HexFormat.of().parseHex(header + time));
    put(packet, pes + 14, content);
    return packet;
  }

  private static void put(byte[] packet, int at, byte[] bytes) {
    System.arraycopy(bytes, 0, packet, at, bytes.length);
  }
}
