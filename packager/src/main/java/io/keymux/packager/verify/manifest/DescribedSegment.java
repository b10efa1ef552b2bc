package io.keymux.packager.verify.manifest;

import io.keymux.cpix.KeyId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A media segment as a manifest describes it.
 *
 * @param seconds that it lasts; {@link #UNKNOWN} if the manifest does not say exactly
 * @param keys what a playlist says of its samples' encryption, or null: an MPD says it of whole
 *     tracks
 * @param file what encrypts it as a file, or null
 */
public record DescribedSegment(
    MediaPiece piece, double seconds, @Nullable Keys keys, @Nullable FileKey file) {
  /**
   * The key lines that are in force.
   *
   * @param place of the last of them
   * @param encrypted whether there is any
   * @param keyIds that they name; empty if none names one
   */
  public record Keys(String place, boolean encrypted, Set<KeyId> keyIds) {
    public Keys {
      keyIds = Set.copyOf(keyIds);
    }
  }

  public DescribedSegment(MediaPiece piece, double seconds) {
    this(piece, seconds, null, null);
  }

  /** The duration of a segment of which only the average is given. */
  public static final double UNKNOWN = -1;
}
