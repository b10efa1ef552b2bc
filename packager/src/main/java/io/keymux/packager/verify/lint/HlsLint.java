package io.keymux.packager.verify.lint;

import io.keymux.packager.verify.lint.PlaylistText.Line;
import io.keymux.packager.verify.manifest.HlsAttributes;
import io.keymux.packager.verify.manifest.PresentationFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds playlists against the rules of HLS that need no media: what RFC 8216 asks for, and what
 * Apple's validator warns of.
 *
 * @see "RFC 8216; HLS Authoring Specification for Apple Devices"
 */
public final class HlsLint {
  private static final Pattern NOT_IN_TS = Pattern.compile("(hvc1|hev1|dvh1|dvhe|av01|vp09)\\b.*");

  private final PresentationFolder folder;
  private final PlaylistText master;
  private final LintProblems problems;
  private final RenditionRules renditions;
  private final Map<Path, MediaLint> media = new LinkedHashMap<>();
  private final List<MediaLint> video = new ArrayList<>();
  private final Set<Path> textOnly = new HashSet<>();
  private boolean variantWithPicture;

  private HlsLint(PresentationFolder folder, PlaylistText master, LintProblems problems) {
    this.folder = folder;
    this.master = master;
    this.problems = problems;
    this.renditions = new RenditionRules(master, problems);
  }

  /**
   * Checks a multivariant playlist with all that it names, or one media playlist.
   *
   * @param folder tells nobody of files that cannot be read: that is not the lint's work
   */
  public static void check(PresentationFolder folder, Path playlist, LintProblems problems) {
    PlaylistText text = PlaylistText.read(folder, playlist);
    if (text == null) {
      return;
    }
    if (text.has("EXT-X-STREAM-INF")) {
      new HlsLint(folder, text, problems).multivariant();
    } else {
      MediaLint.check(text, problems);
    }
  }

  private void multivariant() {
    VersionRule.check(master, problems);
    renditions.check();
    sessionKeys();
    for (Line line : master.all("EXT-X-MEDIA")) {
      MediaLint linted = media(line.attributes().text("URI"));
      if (linted != null && line.attributes().text("TYPE").equals("SUBTITLES")) {
        textOnly.add(linted.playlist().file());
      }
    }
    List<Line> lines = master.lines();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).tag().equals("EXT-X-STREAM-INF")) {
        variant(lines.get(i), i + 1 < lines.size() ? lines.get(i + 1) : null);
      }
    }
    pictures();
    for (Line line : master.all("EXT-X-IMAGE-STREAM-INF")) {
      images(line);
    }
    new AgreementRule(List.copyOf(media.values()), problems).check(video, textOnly);
    if (!master.has("EXT-X-INDEPENDENT-SEGMENTS")) {
      problems.warning(
          "hls-no-independent-segments",
          master.name(),
          "without EXT-X-INDEPENDENT-SEGMENTS players switch late");
    }
  }

  private void variant(Line line, @Nullable Line uri) {
    String place = master.place(line);
    HlsAttributes stream = line.attributes();
    if (uri == null || !uri.isUri()) {
      problems.error("hls-tag-missing", place, "no URI follows EXT-X-STREAM-INF");
      return;
    }
    if (stream.number("BANDWIDTH", 0) == 0) {
      problems.error("hls-attribute-missing", place, "a variant without BANDWIDTH");
    }
    if (stream.number("AVERAGE-BANDWIDTH", 0) > stream.number("BANDWIDTH", 0)) {
      problems.error(
          "hls-attribute-malformed",
          place,
          "AVERAGE-BANDWIDTH %s is above BANDWIDTH %s"
              .formatted(stream.text("AVERAGE-BANDWIDTH"), stream.text("BANDWIDTH")));
    }
    boolean picture =
        !stream.text("RESOLUTION").isEmpty()
            || HlsCodecs.of(stream.text("CODECS")).stream().anyMatch(HlsCodecs::isVideo);
    advise(stream, place, picture);
    for (String type : List.of("AUDIO", "SUBTITLES", "VIDEO")) {
      String group = stream.text(type);
      if (!group.isEmpty() && !renditions.has(type, group)) {
        problems.error(
            "hls-group-missing", place, "there is no %s group \"%s\"".formatted(type, group));
      }
    }
    MediaLint linted = media(uri.value());
    if (linted == null || !picture) {
      return;
    }
    variantWithPicture = true;
    if (!video.contains(linted)) {
      video.add(linted);
    }
    for (String codec : HlsCodecs.of(stream.text("CODECS"))) {
      if (!linted.fragmentedMp4() && NOT_IN_TS.matcher(codec).matches()) {
        problems.warning(
            "hls-codec-in-ts",
            place,
            codec + " outside of fragmented MP4 plays on hardly a device");
      }
    }
  }

  private void advise(HlsAttributes stream, String place, boolean picture) {
    List<String> wanted =
        picture
            ? List.of("CODECS", "AVERAGE-BANDWIDTH", "RESOLUTION", "FRAME-RATE")
            : List.of("CODECS", "AVERAGE-BANDWIDTH");
    for (String attribute : wanted) {
      if (stream.text(attribute).isEmpty()) {
        problems.warning("hls-attribute-advised", place, "a variant should have " + attribute);
      }
    }
  }

  private void pictures() {
    List<Line> lists = master.all("EXT-X-I-FRAME-STREAM-INF");
    for (Line line : lists) {
      String place = master.place(line);
      HlsAttributes stream = line.attributes();
      for (String forbidden : List.of("FRAME-RATE", "AUDIO", "SUBTITLES", "CLOSED-CAPTIONS")) {
        if (!stream.text(forbidden).isEmpty()) {
          problems.error("hls-attribute-forbidden", place, forbidden + " of an I-frame playlist");
        }
      }
      MediaLint linted = media(stream.text("URI"));
      if (linted == null) {
        continue;
      }
      if (linted.playlist().has("EXT-X-I-FRAMES-ONLY")) {
        PictureRule.check(folder, linted.playlist(), problems);
      } else {
        problems.error("hls-tag-missing", linted.playlist().name(), "no EXT-X-I-FRAMES-ONLY");
      }
    }
    if (variantWithPicture && lists.isEmpty()) {
      problems.warning(
          "hls-no-iframes", master.name(), "without I-frame playlists there is no trick play");
    }
  }

  private void images(Line line) {
    String uri = line.attributes().text("URI");
    Path file = uri.isEmpty() ? null : folder.file(master.file().resolveSibling(""), uri, "");
    ImageRule.check(master, line, file == null ? null : PlaylistText.read(folder, file), problems);
  }

  private void sessionKeys() {
    Set<List<String>> seen = new HashSet<>();
    for (Line line : master.all("EXT-X-SESSION-KEY")) {
      MediaLint.key(master, line, problems);
      HlsAttributes key = line.attributes();
      if (key.text("METHOD").equals("NONE")) {
        problems.error("hls-session-key", master.place(line), "a session key of METHOD NONE");
      }
      List<String> identity =
          List.of(
              key.text("METHOD"),
              key.text("URI"),
              key.text("IV"),
              key.text("KEYFORMAT"),
              key.text("KEYFORMATVERSIONS"));
      if (!seen.add(identity)) {
        problems.error("hls-session-key", master.place(line), "the same session key again");
      }
    }
  }

  private @Nullable MediaLint media(String uri) {
    Path file = uri.isEmpty() ? null : folder.file(master.file().resolveSibling(""), uri, "");
    if (file == null) {
      return null;
    }
    MediaLint known = media.get(file);
    if (known == null) {
      PlaylistText text = PlaylistText.read(folder, file);
      if (text == null) {
        return null;
      }
      known = MediaLint.check(text, problems);
      media.put(file, known);
    }
    return known;
  }
}
