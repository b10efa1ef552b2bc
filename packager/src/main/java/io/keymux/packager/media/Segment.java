package io.keymux.packager.media;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An addressable piece of a track: a file, or a byte range of the track's file.
 *
 * @param number counts from 1
 * @param path relative to the output folder, with {@code /}
 * @param range in that file; the whole file in the layout {@link Layout#SEGMENTS}
 * @param start presentation time in ticks of the track's timescale, edit list applied; at least 0
 * @param duration in ticks of the track's timescale, at least 1
 * @param protection or null if it is clear
 * @param pictures those that can be shown alone, in order; empty if it does not start with one
 */
public record Segment(
    int number,
    String path,
    ByteRange range,
    long start,
    long duration,
    @Nullable TrackProtection protection,
    List<Picture> pictures) {
  public Segment {
    pictures = List.copyOf(pictures);
  }
}
