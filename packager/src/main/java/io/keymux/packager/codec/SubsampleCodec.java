package io.keymux.packager.codec;

/** A codec whose samples are protected in parts, so that headers stay readable without a key. */
public interface SubsampleCodec {

  /**
   * A parser that starts with what the sample entry says and follows the stream. It has state: one
   * for each thread, made anew for each segment.
   */
  SampleParser newSampleParser();

  /**
   * Whether a sample can only be parsed after all samples of its segment before it, which is then
   * the work of one thread.
   */
  boolean needsWholeSegment();

  /**
   * Whether protected ranges are cut to whole blocks in {@code cbcs} too. The other schemes always
   * do so.
   */
  default boolean wholeBlocksInCbcs() {
    return false;
  }

  /**
   * Whether clear ranges end where headers end. Else they end somewhere behind, and {@code cbcs},
   * where some players look for the headers' end by themselves, is refused.
   */
  default boolean measuresHeaders() {
    return true;
  }
}
