package io.keymux.packager.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.DrmException;
import io.keymux.cpix.DrmException.Blame;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files that an HLS media playlist names: an initialization segment and its media segments.
 *
 * @param <F> how a file is named where the playlist lies
 * @param init of {@code EXT-X-MAP}
 * @param segments in order, at least one
 * @see "RFC 8216, 4.3 Playlist Tags"
 */
public record SegmentPlaylist<F>(F init, List<F> segments) {
  private static final int MAX_BYTES = 64 << 20;
  private static final Pattern URI_ATTRIBUTE = Pattern.compile("[:,]URI=\"([^\"]*)\"");
  private static final Pattern METHOD = Pattern.compile("[:,]METHOD=([A-Z0-9-]+)");

  /** Tags that make of the segments something else than one run of files. */
  private static final List<String> REFUSED =
      List.of(
          "#EXT-X-STREAM-INF",
          "#EXT-X-BYTERANGE",
          "#EXT-X-DISCONTINUITY",
          "#EXT-X-GAP",
          "#EXT-X-DEFINE",
          "#EXT-X-I-FRAMES-ONLY",
          "#EXT-X-SKIP");

  public SegmentPlaylist {
    segments = List.copyOf(segments);
  }

  /** Whether a path is named as playlists are. */
  public static boolean isNamedSo(Path path) {
    return path.toString().endsWith(".m3u8");
  }

  /** Whether a file is named as playlists are. */
  public static boolean isNamedSo(InputFile file) {
    return file.fileName().endsWith(".m3u8");
  }

  /**
   * Reads a local playlist that is finished: one with {@code EXT-X-ENDLIST}.
   *
   * @return paths below the playlist's folder, without {@code .} and {@code ..}
   * @throws DrmException with code {@code input-unreadable} or {@code input-too-large} if it cannot
   *     be read, {@code not-a-playlist} if it is none, {@code playlist-unsupported} if it is not
   *     one of whole local files behind one initialization segment
   */
  public static SegmentPlaylist<Path> read(Path playlist) {
    return read(
        InputFile.of(playlist),
        uri -> {
          boolean local = uri.getScheme() == null && uri.getRawAuthority() == null;
          String path = uri.getPath();
          return !local || path == null || path.isEmpty()
              ? null
              : playlist.resolveSibling(path).normalize();
        });
  }

  /**
   * Reads a playlist that is finished: one with {@code EXT-X-ENDLIST}.
   *
   * @param file finds what a reference leads to, or null if it is of no use as a file
   * @throws DrmException as {@link #read(Path)}, or what {@code file} throws
   */
  public static <F> SegmentPlaylist<F> read(InputFile playlist, Function<URI, @Nullable F> file) {
    return new Reader<>(playlist.name(), file).read(text(playlist));
  }

  private static String text(InputFile playlist) {
    try (MediaSource source = playlist.open()) {
      if (source.size() > MAX_BYTES) {
        throw new DrmException(
            Blame.CALLER,
            "input-too-large",
            "%s is larger than %d bytes.".formatted(playlist.name(), MAX_BYTES),
            "Check that it is the right file.");
      }
      byte[] content = new byte[(int) source.size()];
      source.read(0, content, 0, content.length);
      return new String(content, UTF_8);
    }
  }

  /** Follows the lines of one playlist. */
  private static final class Reader<F> {
    private final String playlist;
    private final Function<URI, @Nullable F> files;
    private final List<F> segments = new ArrayList<>();
    private @Nullable F init;
    private boolean ends;
    private int number;

    Reader(String playlist, Function<URI, @Nullable F> files) {
      this.playlist = playlist;
      this.files = files;
    }

    SegmentPlaylist<F> read(String text) {
      List<String> lines = text.lines().toList();
      if (lines.isEmpty() || !lines.get(0).startsWith("#EXTM3U")) {
        throw new DrmException(
            Blame.CALLER,
            "not-a-playlist",
            "%s does not begin with #EXTM3U.".formatted(playlist),
            "Give an HLS playlist.");
      }
      for (String line : lines) {
        number++;
        line(line.strip());
      }
      if (!ends) {
        throw unsupported("has no EXT-X-ENDLIST: it still grows", "Wait until it is finished.");
      }
      if (init == null || segments.isEmpty()) {
        throw unsupported(
            init == null ? "has no EXT-X-MAP" : "has no segment",
            "Give a media playlist of fragmented MP4; MPEG-TS is no input.");
      }
      return new SegmentPlaylist<>(init, segments);
    }

    private void line(String line) {
      if (line.startsWith("#EXT-X-MAP:")) {
        map(line);
      } else if (line.startsWith("#EXT-X-KEY:")) {
        key(line);
      } else if (line.equals("#EXT-X-ENDLIST")) {
        ends = true;
      } else if (line.startsWith("#")) {
        for (String tag : REFUSED) {
          if (line.equals(tag) || line.startsWith(tag + ":")) {
            throw unsupported(
                "has " + tag.substring(1) + " in line " + number,
                "Give a media playlist of whole files, or the files themselves.");
          }
        }
      } else if (!line.isEmpty()) {
        segments.add(file(line));
      }
    }

    private void map(String line) {
      Matcher uri = URI_ATTRIBUTE.matcher(line);
      if (!uri.find() || line.contains("BYTERANGE=")) {
        throw unsupported(
            "has an EXT-X-MAP that is no whole file in line " + number,
            "Give the file that it names as the input.");
      }
      F file = file(uri.group(1));
      if (init != null && !init.equals(file)) {
        throw unsupported(
            "has a second EXT-X-MAP in line " + number,
            "Give the segments of each initialization segment to a job of its own.");
      }
      init = file;
    }

    /** Segments encrypted whole cannot be read; with sample encryption, keys may be at hand. */
    private void key(String line) {
      Matcher method = METHOD.matcher(line);
      String name = method.find() ? method.group(1) : "";
      if (!name.equals("NONE") && !name.startsWith("SAMPLE-AES")) {
        throw unsupported(
            "has segments encrypted with METHOD=%s in line %d".formatted(name, number),
            "Decrypt them first.");
      }
    }

    private F file(String reference) {
      URI uri;
      try {
        uri = URI.create(reference);
      } catch (IllegalArgumentException e) {
        throw notUri(reference);
      }
      F file = files.apply(uri);
      if (file == null) {
        throw unsupported(
            "names \"%s\" in line %d, which is no relative path".formatted(shown(uri), number),
            "Download the segments, and give a playlist with relative names.");
      }
      return file;
    }

    /** Without what may be a signature. */
    private static String shown(URI uri) {
      boolean secret = uri.getRawQuery() != null || uri.getRawUserInfo() != null;
      return secret ? String.valueOf(uri.getHost()) + uri.getRawPath() : uri.toString();
    }

    private DrmException notUri(String reference) {
      return unsupported(
          "names \"%s\" in line %d, which is no URI".formatted(reference, number),
          "Write special characters as %XX.");
    }

    private DrmException unsupported(String why, String remedy) {
      return new DrmException(
          Blame.UNSUPPORTED,
          "playlist-unsupported",
          "Playlist %s %s.".formatted(playlist, why),
          remedy);
    }
  }
}
