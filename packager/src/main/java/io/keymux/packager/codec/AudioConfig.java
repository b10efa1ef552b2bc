package io.keymux.packager.codec;

/**
 * What a decoder configuration says of audio.
 *
 * @param codecs RFC 6381 string
 * @param channels with LFE, or 0 if it does not say
 * @param sampleRate of the output in Hz, or 0 if it does not say
 */
record AudioConfig(String codecs, int channels, int sampleRate) {}
