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
 * @param trickPlay whether each video has a second track with its sync samples alone, by which
 *     players wind; without it, playlists of pictures in HLS point into the video itself
 * @param encryptInit whether init segments are encrypted as segments are, which AES-128 alone does
 */
public record Packaging(
    Set<OutputFormat> formats,
    Layout layout,
    Container container,
    double segmentSeconds,
    boolean trickPlay,
    boolean encryptInit) {
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
  }
}
