package io.keymux.packager.codec;

/** A video codec made of NAL units. */
public interface NalCodec extends SubsampleCodec {

  /** Bytes of the length in front of each NAL unit: 1, 2 or 4. */
  int lengthSize();

  /**
   * A parser that starts with the parameter sets of the sample entry and follows those in the
   * stream. It has state: one for each thread, made anew for each segment.
   */
  SliceHeaderParser newParser();

  @Override
  default SampleParser newSampleParser() {
    return new NalSampleParser(lengthSize(), newParser());
  }
}
