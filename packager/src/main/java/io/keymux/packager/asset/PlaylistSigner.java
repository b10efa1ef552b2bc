package io.keymux.packager.asset;

import io.keymux.packager.hls.KeyLines;
import io.keymux.packager.media.TrackProtection;
import io.keymux.packager.verify.manifest.HlsAttributes;
import io.keymux.packager.verify.manifest.HlsReader;
import io.keymux.packager.verify.manifest.PieceRange;
import io.keymux.packager.verify.manifest.PresentationFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes playlists anew with other key lines. All other lines stay, but for byte ranges in files
 * whose media has moved.
 *
 * @see "RFC 8216, 4.3.2.4 EXT-X-KEY, 4.3.2.5 EXT-X-MAP, 4.3.4.5 EXT-X-SESSION-KEY"
 */
final class PlaylistSigner {
  private static final String KEY = "#EXT-X-KEY:";
  private static final String SESSION_KEY = "#EXT-X-SESSION-KEY:";
  private static final String MAP = "#EXT-X-MAP:";
  private static final String VERSION = "#EXT-X-VERSION:";

  /** RFC 8216, 7: the first version with KEYFORMAT. */
  private static final int KEYFORMAT_VERSION = 5;

  private static final String RANGE = "#EXT-X-BYTERANGE:";

  /** Tags whose URI is a playlist. */
  private static final List<String> PLAYLISTS =
      List.of("#EXT-X-MEDIA:", "#EXT-X-I-FRAME-STREAM-INF:", "#EXT-X-IMAGE-STREAM-INF:");

  private final PresentationFolder folder;
  private final Map<Path, TrackProtection> protections;
  private final MovedFiles moved;
  private final Map<Path, String> texts = new LinkedHashMap<>();
  private final Set<Path> files = new LinkedHashSet<>();

  /**
   * @param protections by the file of the init segment; clear tracks are left out
   */
  PlaylistSigner(
      PresentationFolder folder, Map<Path, TrackProtection> protections, MovedFiles moved) {
    this.folder = folder;
    this.protections = protections;
    this.moved = moved;
  }

  /** The new playlists by their files. */
  Map<Path, String> texts() {
    return texts;
  }

  /** All other files that they name. */
  Set<Path> files() {
    return files;
  }

  /**
   * Writes a playlist anew, and all that it names if it is a multivariant one.
   *
   * @throws io.keymux.cpix.DrmException with code {@code asset-unreadable} if it names what is not
   *     there; as {@link KeyLines#media}
   */
  void sign(Path playlist) {
    List<String> lines = HlsReader.lines(folder, playlist);
    boolean multivariant = HlsReader.isMultivariant(lines);
    List<String> written = multivariant ? multivariant(playlist, lines) : media(playlist, lines);
    raiseVersion(written);
    texts.put(playlist, String.join("\n", written) + "\n");
  }

  /** Attributes of key lines may need a later version than the old lines did. */
  private static void raiseVersion(List<String> lines) {
    boolean keys = lines.stream().anyMatch(l -> l.startsWith(KEY) || l.startsWith(SESSION_KEY));
    int at = 0;
    while (at < lines.size() && !lines.get(at).startsWith(VERSION)) {
      at++;
    }
    String said = at == lines.size() ? "" : lines.get(at).substring(VERSION.length()).strip();
    boolean enough = said.matches("\\d{2,3}") || said.matches("[" + KEYFORMAT_VERSION + "-9]");
    if (!keys || enough) {
      return;
    }
    if (at == lines.size()) {
      lines.add(1, VERSION + KEYFORMAT_VERSION);
    } else {
      lines.set(at, VERSION + KEYFORMAT_VERSION);
    }
  }

  private List<String> multivariant(Path playlist, List<String> lines) {
    List<String> written = new ArrayList<>();
    List<String> sessionKeys = KeyLines.session(protections.values().stream().distinct().toList());
    boolean open = true;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean session = line.startsWith(SESSION_KEY);
      boolean names = line.startsWith("#EXT-X-MEDIA:") || line.startsWith("#EXT-X-STREAM-INF:");
      if (open && (session || names)) {
        written.addAll(sessionKeys);
        open = false;
      }
      if (!session) {
        named(playlist, line, i);
      }
      if (!session) {
        written.add(line);
      }
    }
    return written;
  }

  /** Playlists that a line names are written, too; other files are carried. */
  private void named(Path playlist, String line, int number) {
    boolean tag = line.startsWith("#");
    String uri = tag ? HlsAttributes.of(line).get("URI") : line.strip();
    if (uri == null || uri.isEmpty() || uri.startsWith("data:")) {
      return;
    }
    Path file = file(playlist, uri, number);
    if (tag && PLAYLISTS.stream().noneMatch(line::startsWith)) {
      add(file);
    } else if (file != null && !texts.containsKey(file)) {
      sign(file);
    }
  }

  private @Nullable Path file(Path playlist, String uri, int line) {
    return folder.file(
        playlist.toAbsolutePath().resolveSibling(""),
        uri,
        folder.name(playlist) + " line " + (line + 1));
  }

  private List<String> media(Path playlist, List<String> lines) {
    List<String> written = new ArrayList<>();
    boolean keyLinesBefore = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean key = line.startsWith(KEY) && !HlsAttributes.of(line).text("METHOD").equals("NONE");
      if (!key) {
        written.add(
            line.startsWith(MAP) || line.startsWith(RANGE) ? range(playlist, lines, i) : line);
        if (!line.startsWith("#") && !line.isBlank()) {
          add(file(playlist, line.strip(), i));
        }
      } else if (!keyLinesBefore) {
        Path init = init(playlist, lines, i);
        TrackProtection protection = init == null ? null : protections.get(init);
        if (protection != null) {
          written.addAll(KeyLines.media(folder.name(playlist), protection));
        }
      }
      keyLinesBefore = key;
    }
    return written;
  }

  private void add(@Nullable Path file) {
    if (file != null) {
      files.add(file);
    }
  }

  /** The init segment of the next media segment. */
  private @Nullable Path init(Path playlist, List<String> lines, int from) {
    int next = from;
    while (next < lines.size() && (lines.get(next).isBlank() || lines.get(next).startsWith("#"))) {
      next++;
    }
    for (int i = Math.min(next, lines.size() - 1); i >= 0; i--) {
      if (lines.get(i).startsWith(MAP)) {
        return file(playlist, HlsAttributes.of(lines.get(i)).text("URI"), i);
      }
    }
    return null;
  }

  /** A line with a byte range, as it is in the new file. */
  private String range(Path playlist, List<String> lines, int i) {
    String line = lines.get(i);
    if (line.startsWith(MAP)) {
      HlsAttributes map = HlsAttributes.of(line);
      Path file = file(playlist, map.text("URI"), i);
      add(file);
      String range = map.text("BYTERANGE");
      String said = file == null || range.isEmpty() ? null : moved(file, range, 0);
      return said == null ? line : line.replace("\"" + range + "\"", "\"" + said + "\"");
    }
    int uri = i;
    while (uri < lines.size() && (lines.get(uri).isBlank() || lines.get(uri).startsWith("#"))) {
      uri++;
    }
    String range = line.substring(RANGE.length()).strip();
    Path file = uri == lines.size() ? null : file(playlist, lines.get(uri).strip(), uri);
    String said = file == null ? null : moved(file, range, -1);
    return said == null ? line : RANGE + said;
  }

  /**
   * Null for a range that follows the one before.
   *
   * @param start where it begins if it does not say; negative for where the one before ends
   */
  private @Nullable String moved(Path file, String range, long start) {
    PieceRange old = PieceRange.ofLengthAt(range, start);
    if (old == null) {
      return null;
    }
    long first = moved.offset(file, old.offset());
    long end = moved.end(file, old.offset() + old.length());
    return (end - first) + "@" + first;
  }
}
