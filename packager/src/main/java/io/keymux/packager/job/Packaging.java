package io.keymux.packager.job;

import io.keymux.packager.media.Container;
import io.keymux.packager.media.Layout;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the output looks like.
 *
 * @param formats manifests to write, at least one
 * @param segmentSeconds wanted segment duration, 0.5 to 60; segments end at the next sync sample
 * @param trickPlay whether each video has a second track with its sync samples alone, by which DASH
 *     players wind; HLS has playlists of pictures without it
 */
public record Packaging(
    Set<OutputFormat> formats,
    Layout layout,
    Container container,
    double segmentSeconds,
    boolean trickPlay) {
  /**
   * @throws InvalidJobException naming the field, if something of it cannot be done
   */
  public Packaging {
    formats = Collections.unmodifiableSet(EnumSet.copyOf(formats));
    if (!(segmentSeconds >= 0.5 && segmentSeconds <= 60)) {
      throw new InvalidJobException(
          "invalid-segment-duration",
          "packaging.segment.duration",
          segmentSeconds + " s is not a segment duration.",
          "Use 0.5 to 60 seconds.");
    }
    if (trickPlay && !formats.contains(OutputFormat.DASH)) {
      throw new InvalidJobException(
          "trick-play-needs-dash",
          "packaging.trickPlay",
          "Tracks for trick play are for DASH.",
          "Leave packaging.trickPlay out: HLS has I-frame playlists anyway.");
    }
  }
}
