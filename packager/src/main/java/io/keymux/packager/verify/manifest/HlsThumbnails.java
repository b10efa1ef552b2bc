package io.keymux.packager.verify.manifest;

import io.keymux.cpix.DrmException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads playlists of images.
 *
 * @see "HLS Image Media Playlist Specification 0.4"
 */
public final class HlsThumbnails {
  private static final String STREAM = "#EXT-X-IMAGE-STREAM-INF:";
  private static final String TILES = "#EXT-X-TILES:";
  static final String MARK = "#EXT-X-IMAGES-ONLY";

  private final PresentationFolder folder;
  private final Path playlist;
  private final List<DescribedThumbnails.Image> images = new ArrayList<>();
  private Grid size = new Grid(0, 0);
  private Grid layout = new Grid(1, 1);
  private double thumbSeconds;
  private double longest;
  private double time;

  private HlsThumbnails(PresentationFolder folder, Path playlist) {
    this.folder = folder;
    this.playlist = playlist;
  }

  /**
   * All that a multivariant playlist names. What cannot be read becomes a problem.
   *
   * @throws DrmException with code {@code input-unreadable} or {@code not-a-playlist}, of {@code
   *     multivariant} itself
   */
  public static List<DescribedThumbnails> all(PresentationFolder folder, Path multivariant) {
    return named(folder, multivariant, HlsReader.lines(folder, multivariant));
  }

  static List<DescribedThumbnails> named(
      PresentationFolder folder, Path multivariant, List<String> lines) {
    Path at = multivariant.toAbsolutePath().resolveSibling("");
    List<DescribedThumbnails> all = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(STREAM)) {
        HlsAttributes stream = HlsAttributes.of(lines.get(i));
        String place = folder.name(multivariant) + " line " + (i + 1);
        Path file = folder.file(at, stream.text("URI"), place);
        if (file != null) {
          try {
            all.add(read(folder, file, HlsReader.lines(folder, file), place, stream));
          } catch (DrmException e) {
            folder.problem(e.code(), place, e.problem());
          }
        }
      }
    }
    return all;
  }

  /** A playlist that nobody says more of. */
  static DescribedThumbnails alone(PresentationFolder folder, Path playlist, List<String> lines) {
    return read(folder, playlist, lines, folder.name(playlist), HlsAttributes.of(STREAM.strip()));
  }

  private static DescribedThumbnails read(
      PresentationFolder folder,
      Path playlist,
      List<String> lines,
      String place,
      HlsAttributes stream) {
    HlsThumbnails reader = new HlsThumbnails(folder, playlist);
    reader.lines(lines);
    Grid said = Grid.of(stream.text("RESOLUTION"));
    Grid thumb = said.columns() > 0 ? said : reader.size;
    long count = Math.max(1, (long) reader.layout.columns() * reader.layout.rows());
    return new DescribedThumbnails(
        place,
        true,
        stream.text("CODECS"),
        reader.layout.columns(),
        reader.layout.rows(),
        (long) thumb.columns() * reader.layout.columns(),
        (long) thumb.rows() * reader.layout.rows(),
        stream.number("BANDWIDTH", 0),
        reader.thumbSeconds > 0 ? reader.thumbSeconds : reader.longest / count,
        -1,
        reader.images);
  }

  private void lines(List<String> lines) {
    Path at = playlist.toAbsolutePath().resolveSibling("");
    double seconds = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.startsWith("#EXTINF:")) {
        seconds = Math.max(0, HlsNumber.of(line.substring(line.indexOf(':') + 1)));
      } else if (line.startsWith(TILES)) {
        HlsAttributes tiles = HlsAttributes.of(line);
        size = Grid.of(tiles.text("RESOLUTION"));
        layout = Grid.of(tiles.text("LAYOUT"));
        thumbSeconds = Math.max(0, HlsNumber.of(tiles.text("DURATION")));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        MediaPiece piece = folder.piece(at, line, null, folder.name(playlist) + " line " + (i + 1));
        if (piece != null) {
          images.add(new DescribedThumbnails.Image(piece, time, seconds));
        }
        longest = Math.max(longest, seconds);
        time += seconds;
      }
    }
  }
}
