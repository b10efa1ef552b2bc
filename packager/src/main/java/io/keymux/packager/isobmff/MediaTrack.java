package io.keymux.packager.isobmff;

import io.keymux.cpix.TrackType;

/**
 * One track of an input movie.
 *
 * @param trackId as in the file, at least 1
 * @param timescale ticks a second, at least 1
 * @param language BCP-47, shortest form; {@code und} if the file does not say
 * @param entry the only sample entry (several are refused)
 * @param width of {@code tkhd} in pixels, rounded; 0 unless video
 * @param height of {@code tkhd} in pixels, rounded; 0 unless video
 */
public record MediaTrack(
    int trackId,
    TrackType type,
    int timescale,
    String language,
    SampleEntry entry,
    int width,
    int height,
    EditList edit,
    SampleTable samples) {}
