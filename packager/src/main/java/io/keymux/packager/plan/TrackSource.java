package io.keymux.packager.plan;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.Track;
import io.keymux.packager.codec.TrackCodec;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.media.TrackDetails;

/**
 * A track of an input, probed and named.
 *
 * @param details what manifests say besides
 * @param source the opened input; owned by the job, not by this
 * @param fingerprint SHA-256 over the movie's description and samples of its media
 */
public record TrackSource(
    Track track,
    TrackDetails details,
    MediaTrack media,
    TrackCodec codec,
    MediaSource source,
    Bytes fingerprint) {
  /** The track whose key it has: key rules do not see tracks for trick play. */
  public Track keyTrack() {
    Track main = details.picturesOf();
    return main == null ? track : main;
  }
}
