package io.keymux.packager.ts;

import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The tag in front of a segment of packed audio, which has no other place for its time.
 *
 * @see "RFC 8216, 3.4 Packed Audio; ID3v2.4.0, 4.27 Private frame"
 */
final class Id3Tag {
  static final String TIMESTAMP = "com.apple.streaming.transportStreamTimestamp";
  static final String AUDIO_DESCRIPTION = "com.apple.streaming.audioDescription";

  private static final long TIMESTAMP_MASK = (1L << 33) - 1;

  private Id3Tag() {}

  /**
   * @param pts of the first frame, on the 90 kHz clock
   * @param setup of encrypted audio, or null
   */
  static byte[] of(long pts, byte @Nullable [] setup) {
    BoxWriter frames = new BoxWriter(128);
    privateFrame(frames, TIMESTAMP, new BoxWriter(8).u64(pts & TIMESTAMP_MASK).toByteArray());
    if (setup != null) {
      privateFrame(frames, AUDIO_DESCRIPTION, setup);
    }
    BoxWriter tag = new BoxWriter(128);
    tag.u24(0x494433).u16(0x0400).u8(0).u32(synchsafe(frames.size()));
    return tag.bytes(frames.toByteArray()).toByteArray();
  }

  private static void privateFrame(BoxWriter out, String owner, byte[] data) {
    byte[] name = owner.getBytes(StandardCharsets.ISO_8859_1);
    out.u32(FourCc.of("PRIV") & 0xffffffffL);
    out.u32(synchsafe(name.length + 1 + data.length)).u16(0);
    out.bytes(name).u8(0).bytes(data);
  }

  /** Seven bits in each byte. */
  private static long synchsafe(int size) {
    return (size & 0x7fL) | ((size & 0x3f80L) << 1);
  }
}
