package io.keymux.packager.isobmff;

import io.keymux.cpix.Bytes;
import java.util.List;

/**
 * An opened movie: its tracks, with no media byte read.
 *
 * @param tracks the video, audio and text tracks with at least one sample, in file order
 * @param ignored one sentence for each track that is left out, such as a time-code track, and for
 *     what of a track does not reach players as it is meant
 * @param fingerprint SHA-256 of the movie's description (moov, and moof boxes if fragmented)
 */
public record Movie(List<MediaTrack> tracks, List<String> ignored, Bytes fingerprint) {
  public Movie {
    tracks = List.copyOf(tracks);
    ignored = List.copyOf(ignored);
  }
}
