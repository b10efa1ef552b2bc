package io.keymux.packager.verify.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.DrmException;
import io.keymux.packager.media.Selection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a multivariant playlist with its media playlists, or one media playlist.
 *
 * @see "RFC 8216, 4 Playlists"
 */
public final class HlsReader {
  private final PresentationFolder folder;
  private final Path at;
  private final String name;
  private final Map<Path, List<DescribedTrack>> playlists = new LinkedHashMap<>();
  private final List<DescribedText> texts = new ArrayList<>();

  private HlsReader(PresentationFolder folder, Path playlist) {
    this.folder = folder;
    this.at = playlist.toAbsolutePath().resolveSibling("");
    this.name = folder.name(playlist);
  }

  /**
   * @throws DrmException with code {@code input-unreadable} or {@code not-a-playlist}
   */
  public static Manifest read(PresentationFolder folder, Path playlist) {
    List<String> lines = lines(folder, playlist);
    if (lines.contains(HlsThumbnails.MARK)) {
      DescribedThumbnails images = HlsThumbnails.alone(folder, playlist, lines);
      return new Manifest(List.of(), List.of(), List.of(), List.of(images));
    }
    if (!isMultivariant(lines)) {
      List<DescribedText> texts = new ArrayList<>();
      List<DescribedTrack> tracks = MediaPlaylistReader.read(folder, playlist, lines, texts::add);
      return new Manifest(tracks, List.of(), texts, List.of());
    }
    HlsReader reader = new HlsReader(folder, playlist);
    List<Manifest.Variant> variants = reader.multivariant(lines);
    List<DescribedThumbnails> thumbnails = new ArrayList<>();
    for (DescribedThumbnails images : HlsThumbnails.named(folder, playlist, lines)) {
      thumbnails.add(images.until(reader.end()));
    }
    return new Manifest(
        reader.playlists.values().stream().flatMap(List::stream).toList(),
        variants,
        reader.texts,
        thumbnails);
  }

  /**
   * Whether a file is a playlist of playlists.
   *
   * @throws DrmException with code {@code input-unreadable} or {@code not-a-playlist}
   */
  public static boolean isMultivariant(Path playlist) {
    PresentationFolder folder =
        new PresentationFolder(
            playlist.toAbsolutePath().resolveSibling(""), (code, place, message) -> {});
    return isMultivariant(lines(folder, playlist));
  }

  public static boolean isMultivariant(List<String> lines) {
    return lines.stream().anyMatch(line -> line.startsWith("#EXT-X-STREAM-INF:"));
  }

  /** Of the longest playlist; negative if it is not known. */
  private double end() {
    double end = playlists.values().stream().mapToDouble(HlsReader::seconds).max().orElse(0);
    return end > 0 ? end : -1;
  }

  private static double seconds(List<DescribedTrack> playlist) {
    return playlist.stream()
        .flatMap(track -> track.segments().stream())
        .mapToDouble(segment -> Math.max(0, segment.seconds()))
        .sum();
  }

  public static List<String> lines(PresentationFolder folder, Path playlist) {
    List<String> lines = new String(folder.read(playlist), UTF_8).lines().toList();
    if (lines.isEmpty() || !lines.get(0).startsWith("#EXTM3U")) {
      throw new DrmException(
          DrmException.Blame.CALLER,
          "not-a-playlist",
          "%s does not begin with #EXTM3U.".formatted(folder.name(playlist)),
          "Give an HLS playlist.");
    }
    return lines;
  }

  private List<Manifest.Variant> multivariant(List<String> lines) {
    Map<String, List<List<DescribedTrack>>> groups = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      HlsAttributes media = HlsAttributes.of(lines.get(i));
      if (lines.get(i).startsWith("#EXT-X-MEDIA:") && media.get("URI") != null) {
        List<DescribedTrack> tracks =
            playlist(media.text("URI"), name + " line " + (i + 1), HlsChoice.read(media));
        if (media.text("TYPE").equals("AUDIO")) {
          groups.computeIfAbsent(media.text("GROUP-ID"), g -> new ArrayList<>()).add(tracks);
        }
      }
    }
    List<Manifest.Variant> variants = new ArrayList<>();
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).startsWith("#EXT-X-STREAM-INF:")) {
        HlsAttributes stream = HlsAttributes.of(lines.get(i));
        String place = name + " line " + (i + 1);
        List<DescribedTrack> main = playlist(lines.get(i + 1).strip(), place, Selection.NONE);
        List<List<DescribedTrack>> audio =
            groups.getOrDefault(stream.text("AUDIO"), List.of()).stream()
                .filter(tracks -> !tracks.equals(main))
                .toList();
        variants.add(
            new Manifest.Variant(
                place, stream.number("BANDWIDTH", 0), DescribedFormat.of(stream), main, audio));
      }
    }
    return variants;
  }

  private List<DescribedTrack> playlist(String uri, String place, Selection selection) {
    Path file = folder.file(at, uri, place);
    if (file == null) {
      return List.of();
    }
    List<DescribedTrack> known = playlists.get(file);
    if (known == null) {
      try {
        known =
            MediaPlaylistReader.read(folder, file, lines(folder, file), texts::add).stream()
                .map(track -> track.with(selection))
                .toList();
      } catch (DrmException e) {
        folder.problem(e.code(), place, e.problem());
        known = List.of();
      }
      playlists.put(file, known);
    }
    return known;
  }
}
