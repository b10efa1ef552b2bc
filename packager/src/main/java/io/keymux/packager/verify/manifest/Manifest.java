package io.keymux.packager.verify.manifest;

import java.util.List;
import java.util.stream.Stream;

/**
 * What was read of one or several manifests of a presentation.
 *
 * @param variants of a multivariant playlist
 * @param texts playlists of WebVTT files
 * @param thumbnails images, for each Period
 */
public record Manifest(
    List<DescribedTrack> tracks,
    List<Variant> variants,
    List<DescribedText> texts,
    List<DescribedThumbnails> thumbnails) {
  public Manifest(List<DescribedTrack> tracks, List<Variant> variants) {
    this(tracks, variants, List.of(), List.of());
  }

  public Manifest {
    tracks = List.copyOf(tracks);
    texts = List.copyOf(texts);
    variants = List.copyOf(variants);
    thumbnails = List.copyOf(thumbnails);
  }

  /**
   * An EXT-X-STREAM-INF.
   *
   * @param place in the playlist
   * @param bandwidth in bit/s
   * @param main the tracks of its own playlist: several if the init segment changes
   * @param audio a list for each rendition of its audio group, the main one left out
   */
  public record Variant(
      String place,
      long bandwidth,
      DescribedFormat format,
      List<DescribedTrack> main,
      List<List<DescribedTrack>> audio) {
    /** All that plays together, and all that could instead. */
    public List<DescribedTrack> tracks() {
      return Stream.concat(Stream.of(main), audio.stream()).flatMap(List::stream).toList();
    }

    public Variant {
      main = List.copyOf(main);
      audio = List.copyOf(audio);
    }
  }
}
