package io.keymux.packager.verify.manifest;

import io.keymux.packager.media.Selection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A track as one manifest describes it.
 *
 * @param place in the manifest
 * @param choice by what it is told from the others
 * @param hls whether the manifest is a playlist, else it is an MPD
 * @param init the init segment
 * @param initFile what encrypts the init segment as a file, or null
 * @param segments in order; those that cannot be read are left out
 * @param format {@link DescribedFormat#NONE} if the manifest says nothing of this track alone
 * @param bandwidth in bit/s; 0 if the manifest gives none for this track alone
 * @param bufferSeconds minBufferTime of an MPD; the target duration of a playlist
 */
public record DescribedTrack(
    String place,
    DescribedChoice choice,
    boolean hls,
    MediaPiece init,
    @Nullable FileKey initFile,
    List<DescribedSegment> segments,
    DescribedProtection protection,
    DescribedFormat format,
    long bandwidth,
    double bufferSeconds) {
  public DescribedTrack {
    segments = List.copyOf(segments);
  }

  /** The same with what a multivariant playlist says of it. */
  DescribedTrack with(Selection selection) {
    return new DescribedTrack(
        place,
        choice.with(selection),
        hls,
        init,
        initFile,
        segments,
        protection,
        format,
        bandwidth,
        bufferSeconds);
  }

  /** What tells the media of one track from another's: init segment and segments. */
  public List<MediaPiece> pieces() {
    return Stream.concat(Stream.of(init), segments.stream().map(DescribedSegment::piece)).toList();
  }
}
