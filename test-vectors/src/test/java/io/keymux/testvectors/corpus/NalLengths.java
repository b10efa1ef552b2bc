package io.keymux.testvectors.corpus;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Writes the NAL units of an H.264 file behind lengths of another size. */
final class NalLengths {
  private NalLengths() {}

  /**
   * @param size 1, 2 or 4 bytes for lengths of 4; a NAL unit that is too long for it loses its end
   */
  static void rewrite(OddBox file, int size) {
    byte[] whole = file.toBytes();
    OddBox trak = file.at("trak");
    ByteArrayOutputStream media = new ByteArrayOutputStream();
    int start = ByteBuffer.wrap(trak.at("stco").fields).getInt(8);
    ByteBuffer sizes = ByteBuffer.allocate(4 * SampleRow.of(whole, trak).size());
    for (SampleRow sample : SampleRow.of(whole, trak)) {
      byte[] rewritten = rewrite(sample.data().toArray(), size);
      media.writeBytes(rewritten);
      sizes.putInt(rewritten.length);
    }
    int samples = sizes.capacity() / 4;
    file.at("mdat").fields = media.toByteArray();
    file.at("avcC").fields[4] = (byte) (0xfc | (size - 1));
    trak.at("stsz").fields =
        ByteBuffer.allocate(12 + sizes.capacity())
            .putInt(8, samples)
            .put(12, sizes.array())
            .array();
    trak.at("stsc").fields =
        ByteBuffer.allocate(20).putInt(4, 1).putInt(8, 1).putInt(12, samples).putInt(16, 1).array();
    trak.at("stco").fields = ByteBuffer.allocate(12).putInt(4, 1).putInt(8, start).array();
  }

  private static byte[] rewrite(byte[] sample, int size) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteBuffer in = ByteBuffer.wrap(sample);
    while (in.hasRemaining()) {
      int length = in.getInt();
      int kept = size == 1 ? Math.min(length, 255) : length;
      for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
        out.write(kept >> shift);
      }
      out.write(sample, in.position(), kept);
      in.position(in.position() + length);
    }
    return out.toByteArray();
  }
}
