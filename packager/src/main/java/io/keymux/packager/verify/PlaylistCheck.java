package io.keymux.packager.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.Bytes;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.RelativeUrl;
import io.keymux.packager.media.Rendition;
import io.keymux.packager.media.Segment;
import io.keymux.packager.media.TrackProtection;
import io.keymux.packager.verify.manifest.HlsAttributes;
import io.keymux.packager.verify.manifest.HlsNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the playlists of AES-128 and MPEG-TS, line by line, against the segments that were written:
 * names, durations, and for each the method and IV that it was encrypted with.
 *
 * @see "RFC 8216, 4.3.2 Media Segment Tags"
 */
final class PlaylistCheck {
  private static final double ROUNDING_SECONDS = 0.001;

  private final Path folder;
  private final Consumer<Finding> findings;

  private PlaylistCheck(Path folder, Consumer<Finding> findings) {
    this.folder = folder;
    this.findings = findings;
  }

  /** What a playlist says of one segment. */
  private record Said(String uri, double seconds, String method, @Nullable Bytes iv) {}

  static void check(Presentation presentation, Path folder, Consumer<Finding> findings) {
    PlaylistCheck check = new PlaylistCheck(folder, findings);
    for (Rendition rendition : presentation.hlsRenditions()) {
      check.rendition(rendition.whole());
    }
  }

  private void rendition(PackagedTrack track) {
    String name = track.track().name() + "/media.m3u8";
    List<Said> said;
    try {
      said = read(Files.readAllLines(folder.resolve(name), UTF_8));
    } catch (IOException e) {
      findings.accept(Finding.error("input-unreadable", name, "the playlist cannot be read"));
      return;
    }
    if (said.size() != track.segments().size()) {
      findings.accept(
          Finding.error(
              "manifest-names-other-media",
              name,
              "%d segments, %d were written".formatted(said.size(), track.segments().size())));
      return;
    }
    for (int i = 0; i < said.size(); i++) {
      segment(track, track.segments().get(i), said.get(i), name);
    }
  }

  private void segment(PackagedTrack track, Segment segment, Said said, String playlist) {
    if (!said.uri().equals(RelativeUrl.from(track.track().name(), segment.path()))) {
      findings.accept(
          Finding.error(
              "manifest-names-other-media", playlist, said.uri() + " is not " + segment.path()));
    }
    double seconds = (double) segment.duration() / track.timescale();
    if (Math.abs(said.seconds() - seconds) > ROUNDING_SECONDS) {
      findings.accept(
          Finding.error(
              "segment-duration",
              playlist + " " + said.uri(),
              String.format(
                  Locale.ROOT, "%.6f seconds, the media lasts %.6f", said.seconds(), seconds)));
    }
    TrackProtection protection = segment.protection();
    String method =
        protection == null ? "NONE" : protection.coversWholeSegments() ? "AES-128" : "SAMPLE-AES";
    if (!said.method().equals(method)) {
      findings.accept(
          Finding.error(
              "hls-method-mismatch",
              playlist + " " + said.uri(),
              "METHOD %s, it is encrypted by %s".formatted(said.method(), method)));
    }
    Bytes iv = protection == null ? null : protection.constantIv();
    boolean spoken = said.iv() != null || (protection != null && protection.coversWholeSegments());
    if (spoken ? !Objects.equals(iv, said.iv()) : said.iv() != null) {
      findings.accept(
          Finding.error(
              "hls-iv-mismatch",
              playlist + " " + said.uri(),
              "its IV is not the one that the segment is encrypted with"));
    }
  }

  private static List<Said> read(List<String> lines) {
    List<Said> said = new ArrayList<>();
    String method = "NONE";
    Bytes iv = null;
    double seconds = 0;
    for (String line : lines) {
      if (line.startsWith("#EXT-X-KEY:")) {
        HlsAttributes attributes = HlsAttributes.of(line);
        method = attributes.text("METHOD");
        String text = attributes.text("IV").toLowerCase(Locale.ROOT);
        iv = text.matches("0x[0-9a-f]{32}") ? Bytes.ofHex(text.substring(2)) : null;
      } else if (line.startsWith("#EXTINF:")) {
        seconds = HlsNumber.of(line.substring("#EXTINF:".length()));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        said.add(new Said(line, seconds, method, iv));
      }
    }
    return said;
  }
}
