package io.keymux.packager.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.KeyId;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.RelativeUrl;
import io.keymux.packager.media.Rendition;
import io.keymux.packager.media.Segment;
import io.keymux.packager.media.TrackProtection;
import io.keymux.packager.verify.manifest.HlsAttributes;
import io.keymux.packager.verify.manifest.HlsNumber;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds the playlists of AES-128 and MPEG-TS, line by line, against the segments that were written:
 * names, durations, and for each the method and IV that it was encrypted with. Init segments are
 * held against the key line in front of their EXT-X-MAP.
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

  /** A file under a key. */
  private record Use(KeyId key, Bytes iv) {}

  /** What a playlist says of one segment, or of an init segment that lasts no time. */
  private record Said(String uri, double seconds, String method, @Nullable Bytes iv) {}

  static void check(Presentation presentation, Path folder, Consumer<Finding> findings) {
    PlaylistCheck check = new PlaylistCheck(folder, findings);
    for (Rendition rendition : presentation.hlsRenditions()) {
      check.rendition(rendition.whole());
    }
    if (presentation.tracks().stream().anyMatch(track -> track.initProtection() != null)) {
      check.initIvs(presentation);
    }
  }

  private void rendition(PackagedTrack track) {
    String name = track.playlistPath();
    List<Said> said = new ArrayList<>();
    List<Said> maps = new ArrayList<>();
    try {
      read(Files.readAllLines(folder.resolve(name), UTF_8), said, maps);
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
    if (maps.size() != (track.hasInit() ? 1 : 0)) {
      findings.accept(
          Finding.error("manifest-names-other-media", name, maps.size() + " times EXT-X-MAP"));
      return;
    }
    for (Said map : maps) {
      name(map, track, track.initPath(), name);
      keys(map, track.initProtection(), name);
    }
  }

  private void segment(PackagedTrack track, Segment segment, Said said, String playlist) {
    name(said, track, segment.path(), playlist);
    double seconds = (double) segment.duration() / track.timescale();
    if (Math.abs(said.seconds() - seconds) > ROUNDING_SECONDS) {
      findings.accept(
          Finding.error(
              "segment-duration",
              playlist + " " + said.uri(),
              String.format(
                  Locale.ROOT, "%.6f seconds, the media lasts %.6f", said.seconds(), seconds)));
    }
    keys(said, segment.protection(), playlist);
  }

  private void name(Said said, PackagedTrack track, String path, String playlist) {
    if (!said.uri().equals(RelativeUrl.between(track.playlistPath(), path))) {
      findings.accept(
          Finding.error("manifest-names-other-media", playlist, said.uri() + " is not " + path));
    }
  }

  private void keys(Said said, @Nullable TrackProtection protection, String playlist) {
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
              "its IV is not the one that the file is encrypted with"));
    }
  }

  /** An IV of an init segment that anything else has under the same key shows what starts alike. */
  private void initIvs(Presentation presentation) {
    Set<Use> used = new HashSet<>();
    for (Rendition rendition : presentation.hlsRenditions()) {
      for (Segment segment : rendition.whole().segments()) {
        TrackProtection protection = segment.protection();
        if (protection != null && protection.coversWholeSegments()) {
          Bytes iv = protection.constantIv();
          used.add(new Use(protection.keyId(), iv == null ? ofNumber(segment.number()) : iv));
        }
      }
    }
    for (Rendition rendition : presentation.hlsRenditions()) {
      PackagedTrack track = rendition.whole();
      TrackProtection init = track.initProtection();
      Bytes iv = init == null ? null : init.constantIv();
      if (init != null && iv != null && !used.add(new Use(init.keyId(), iv))) {
        findings.accept(
            Finding.error(
                "iv-reused",
                track.initPath(),
                "its IV is that of another file under KID " + init.keyId()));
      }
    }
  }

  private static Bytes ofNumber(long number) {
    return Bytes.copyOf(ByteBuffer.allocate(16).putLong(Long.BYTES, number).array());
  }

  private static void read(List<String> lines, List<Said> said, List<Said> maps) {
    String method = "NONE";
    Bytes iv = null;
    double seconds = 0;
    for (String line : lines) {
      if (line.startsWith("#EXT-X-KEY:")) {
        HlsAttributes attributes = HlsAttributes.of(line);
        method = attributes.text("METHOD");
        String text = attributes.text("IV").toLowerCase(Locale.ROOT);
        iv = text.matches("0x[0-9a-f]{32}") ? Bytes.ofHex(text.substring(2)) : null;
      } else if (line.startsWith("#EXT-X-MAP:")) {
        maps.add(new Said(HlsAttributes.of(line).text("URI"), 0, method, iv));
      } else if (line.startsWith("#EXTINF:")) {
        seconds = HlsNumber.of(line.substring("#EXTINF:".length()));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        said.add(new Said(line, seconds, method, iv));
      }
    }
  }
}
