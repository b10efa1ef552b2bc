package io.keymux.packager.verify.manifest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a media playlist of fragmented MP4 or WebVTT. Where the init segment changes, another track
 * begins.
 *
 * @see "RFC 8216, 4.3.2 Media Segment Tags"
 */
final class MediaPlaylistReader {
  private static final Set<String> SAMPLE_METHODS =
      Set.of("SAMPLE-AES", "SAMPLE-AES-CTR", "SAMPLE-AES-CENC");

  private static final Pattern WEBVTT = Pattern.compile("(?i)\\.(web)?vtt$");

  private final PresentationFolder folder;
  private final Path at;
  private final String name;
  private final HlsKeys keys;
  private final List<Part> parts = new ArrayList<>();
  private final List<DescribedSegment> texts = new ArrayList<>();
  private double target;
  private double seconds = DescribedSegment.UNKNOWN;
  private @Nullable String range;
  private String rangeFile = "";
  private long rangeEnd = -1;
  private long sequence;
  private boolean wholeFiles;

  /** An init segment and what follows up to the next. */
  private record Part(MediaPiece init, @Nullable FileKey key, List<DescribedSegment> segments) {}

  private MediaPlaylistReader(PresentationFolder folder, Path playlist) {
    this.folder = folder;
    this.at = playlist.toAbsolutePath().resolveSibling("");
    this.name = folder.name(playlist);
    this.keys = new HlsKeys(folder);
  }

  /**
   * @param text takes what is described if segments are WebVTT files; then there are no tracks
   */
  static List<DescribedTrack> read(
      PresentationFolder folder, Path playlist, List<String> lines, Consumer<DescribedText> text) {
    MediaPlaylistReader reader = new MediaPlaylistReader(folder, playlist);
    for (int i = 0; i < lines.size(); i++) {
      reader.line(lines.get(i), reader.name + " line " + (i + 1));
    }
    if (!reader.texts.isEmpty()) {
      text.accept(new DescribedText(reader.name, reader.texts));
      return List.of();
    }
    return reader.tracks();
  }

  private void line(String line, String place) {
    if (line.startsWith("#EXT-X-TARGETDURATION:")) {
      target = HlsNumber.of(line.substring(line.indexOf(':') + 1));
    } else if (line.startsWith("#EXT-X-MEDIA-SEQUENCE:")) {
      sequence = (long) Math.max(0, HlsNumber.of(line.substring(line.indexOf(':') + 1)));
    } else if (line.startsWith("#EXT-X-KEY:")) {
      keys.add(line, place);
    } else if (line.startsWith("#EXT-X-MAP:")) {
      map(HlsAttributes.of(line), place);
    } else if (line.startsWith("#EXTINF:")) {
      seconds = HlsNumber.of(line.substring(line.indexOf(':') + 1));
    } else if (line.startsWith("#EXT-X-BYTERANGE:")) {
      range = line.substring(line.indexOf(':') + 1).strip();
    } else if (!line.isBlank() && !line.startsWith("#")) {
      segment(line.strip(), place);
    }
  }

  private void map(HlsAttributes attributes, String place) {
    String text = attributes.get("BYTERANGE");
    PieceRange parsed = text == null ? null : PieceRange.ofLengthAt(text, 0);
    if (text != null && parsed == null) {
      folder.problem("range-malformed", place, "BYTERANGE \"" + text + "\"");
      return;
    }
    MediaPiece init = folder.piece(at, attributes.text("URI"), parsed, place);
    if (init != null) {
      parts.add(new Part(init, keys.fileKey(), new ArrayList<>()));
    }
  }

  private void segment(String uri, String place) {
    double duration = seconds;
    FileKey file = keys.fileKey(sequence++);
    wholeFiles |= file != null;
    String text = range;
    seconds = DescribedSegment.UNKNOWN;
    range = null;
    PieceRange parsed =
        text == null ? null : PieceRange.ofLengthAt(text, uri.equals(rangeFile) ? rangeEnd : -1);
    if (text != null && parsed == null) {
      folder.problem("range-malformed", place, "EXT-X-BYTERANGE \"" + text + "\"");
      return;
    }
    rangeFile = uri;
    rangeEnd = parsed == null ? -1 : parsed.offset() + parsed.length();
    MediaPiece piece = folder.piece(at, uri, parsed, place);
    if (piece == null) {
      return;
    }
    if (parts.isEmpty() && WEBVTT.matcher(piece.name()).find()) {
      texts.add(new DescribedSegment(piece, duration));
      return;
    }
    if (parts.isEmpty()) {
      folder.problem("no-init-segment", place, "no EXT-X-MAP stands before the segment");
      return;
    }
    parts
        .get(parts.size() - 1)
        .segments()
        .add(new DescribedSegment(piece, duration, keys.now(), file));
  }

  private List<DescribedTrack> tracks() {
    for (String method : keys.methods()) {
      if (!SAMPLE_METHODS.contains(method)) {
        return unsupported(method);
      }
    }
    List<DescribedTrack> tracks = new ArrayList<>();
    for (Part part : parts) {
      if (!part.segments().isEmpty()) {
        tracks.add(
            new DescribedTrack(
                name,
                DescribedChoice.of(name),
                true,
                part.init(),
                part.key(),
                part.segments(),
                keys.protection(),
                DescribedFormat.NONE,
                0,
                target));
      }
    }
    if (tracks.isEmpty() && wholeFiles) {
      return unsupported("AES-128 without an init segment");
    }
    if (tracks.isEmpty()) {
      folder.problem("no-segments", name, "nothing of it can be read");
    }
    return tracks;
  }

  private List<DescribedTrack> unsupported(String method) {
    folder.problem(
        "hls-method-unsupported", name, "segments of METHOD " + method + " cannot be verified");
    return List.of();
  }
}
