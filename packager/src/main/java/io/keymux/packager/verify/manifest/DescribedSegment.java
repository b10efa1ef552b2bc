package io.keymux.packager.verify.manifest;

/**
 * A media segment as a manifest describes it.
 *
 * @param seconds that it lasts; {@link #UNKNOWN} if the manifest does not say exactly
 */
public record DescribedSegment(MediaPiece piece, double seconds) {
  /** The duration of a segment of which only the average is given. */
  public static final double UNKNOWN = -1;
}
