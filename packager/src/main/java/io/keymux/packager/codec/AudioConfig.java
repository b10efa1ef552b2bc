package io.keymux.packager.codec;

import org.jspecify.annotations.Nullable;

/**
 * What a decoder configuration says of audio.
 *
 * @param codecs RFC 6381 string
 * @param channels with LFE, or 0 if it does not say
 * @param sampleRate of the output in Hz, or 0 if it does not say
 * @param subsamples as of {@link TrackCodec}
 * @param spatial as of {@link TrackCodec}
 */
record AudioConfig(
    String codecs,
    int channels,
    int sampleRate,
    @Nullable SubsampleCodec subsamples,
    @Nullable SpatialAudio spatial) {

  /** Channels, in samples that are encrypted whole. */
  AudioConfig(String codecs, int channels, int sampleRate) {
    this(codecs, channels, sampleRate, null, null);
  }
}
