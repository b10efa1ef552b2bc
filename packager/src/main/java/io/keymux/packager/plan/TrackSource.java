package io.keymux.packager.plan;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.DrmException;
import io.keymux.cpix.Track;
import io.keymux.packager.codec.TrackCodec;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.input.SourcePart;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.media.TrackDetails;

/**
 * A track of an input, probed and named.
 *
 * @param details what manifests say besides
 * @param source the opened input, in the clear; owned by the job, not by this
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

  /**
   * The failure of a sample, with the file and the place where it lies.
   *
   * @param sample index in the track
   */
  public DrmException inSample(DrmException e, int sample) {
    SourcePart part = source.part(media.samples().offset(sample));
    return new DrmException(
        e.blame(),
        e.code(),
        "%s, track %s, sample %d at byte %d: %s"
            .formatted(
                part.name(),
                track.name(),
                sample,
                part.offset(media.samples().offset(sample)),
                e.problem()),
        media.protection() == null
            ? e.remedy()
            : "Check the source key: a wrong one gives such samples. " + e.remedy(),
        e);
  }
}
