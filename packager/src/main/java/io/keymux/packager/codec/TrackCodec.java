package io.keymux.packager.codec;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a track's codec from its sample entry.
 *
 * @param codecs RFC 6381 string of the original format: {@code avc1.64001f}
 * @param width coded width in pixels after cropping, 0 unless video
 * @param height coded height in pixels after cropping, 0 unless video
 * @param range {@link VideoRange#SDR} unless video
 * @param wcg BT.2020 colour primaries
 * @param channels audio channels including LFE, 0 unless audio
 * @param sampleRate in Hz, 0 unless audio
 * @param subsamples how to find what may be encrypted in a sample, or null if samples are encrypted
 *     whole
 * @param supplemental a codec that may be used instead, or null
 * @param spatial objects or immersive sound, or null
 */
public record TrackCodec(
    String codecs,
    int width,
    int height,
    VideoRange range,
    boolean wcg,
    int channels,
    int sampleRate,
    @Nullable SubsampleCodec subsamples,
    @Nullable SupplementalCodec supplemental,
    @Nullable SpatialAudio spatial) {

  /** A codec without anything supplemental or spatial. */
  public TrackCodec(
      String codecs,
      int width,
      int height,
      VideoRange range,
      boolean wcg,
      int channels,
      int sampleRate,
      @Nullable SubsampleCodec subsamples) {
    this(codecs, width, height, range, wcg, channels, sampleRate, subsamples, null, null);
  }

  /** PQ or HLG transfer characteristics. */
  public boolean hdr() {
    return range != VideoRange.SDR;
  }

  /** The codec as one of NAL units, or null if it is none. */
  public @Nullable NalCodec nal() {
    return subsamples instanceof NalCodec nal ? nal : null;
  }
}
