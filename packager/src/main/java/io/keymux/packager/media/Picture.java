package io.keymux.packager.media;

/**
 * A picture that can be shown alone, for trick play.
 *
 * @param range of the file of its segment, from the {@code moof} up to the end of the sample
 * @param start presentation time in ticks of the track's timescale
 * @param duration in ticks, at least 1: up to the next picture
 * @see "RFC 8216, 4.3.3.6 EXT-X-I-FRAMES-ONLY"
 */
public record Picture(ByteRange range, long start, long duration) {}
