package io.keymux.packager.ts;

/**
 * When a frame is decoded and shown, on the clock of transport streams: 90 kHz, before it is cut to
 * 33 bits.
 *
 * @param dts not after {@code pts}; that of audio is its PTS
 * @param end where the next frame of the stream begins to be decoded
 * @param sync whether decoding can start here
 * @param last of its stream in the segment
 */
public record FrameTiming(long pts, long dts, long end, boolean sync, boolean last) {
  /** Ticks a second. */
  public static final int TICKS = 90_000;
}
