package io.keymux.packager.ts;

import io.keymux.packager.media.Segment;
import java.util.List;

/**
 * A rendition as it lies in the output.
 *
 * @param timescale ticks a second of {@code segments}: that of the first track
 * @param segments in order; each is a file of its own, and has no {@code protection}: that of the
 *     rendition holds
 */
public record TsOutput(TsRendition rendition, int timescale, List<Segment> segments) {
  public TsOutput {
    segments = List.copyOf(segments);
  }
}
