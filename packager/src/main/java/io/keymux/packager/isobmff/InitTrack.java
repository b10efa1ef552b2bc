package io.keymux.packager.isobmff;

import io.keymux.cpix.TrackType;

/**
 * What an initialization segment says of a track.
 *
 * @param trackId at least 1
 * @param timescale ticks a second, at least 1
 * @param language BCP-47, shortest form; {@code und} if the segment does not say
 * @param entry that samples have unless their fragment names another
 * @param entryIndex of {@code entry} in {@code stsd}, counted from 1
 * @param entries of {@code stsd}
 * @param defaultDuration of a sample in ticks; 0 if every fragment says it
 * @param defaultSize of a sample in bytes; 0 if every fragment says it
 */
public record InitTrack(
    int trackId,
    TrackType type,
    int timescale,
    String language,
    SampleEntry entry,
    int entryIndex,
    int entries,
    int defaultDuration,
    int defaultSize) {}
