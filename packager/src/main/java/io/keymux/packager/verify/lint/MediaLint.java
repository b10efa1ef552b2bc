package io.keymux.packager.verify.lint;

import io.keymux.packager.verify.lint.PlaylistText.Line;
import io.keymux.packager.verify.manifest.HlsAttributes;
import io.keymux.packager.verify.manifest.HlsNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A media playlist: tags that must be there, and keys that players understand.
 *
 * @param target of EXT-X-TARGETDURATION in seconds; -1 if there is none
 * @param seconds of each segment
 * @param discontinuities how many there are
 * @param fragmentedMp4 whether there is an EXT-X-MAP
 * @see "RFC 8216, 4.3.2 and 4.3.3"
 */
record MediaLint(
    PlaylistText playlist,
    long target,
    List<Double> seconds,
    int discontinuities,
    boolean fragmentedMp4) {
  private static final Set<String> METHODS =
      Set.of("NONE", "AES-128", "SAMPLE-AES", "SAMPLE-AES-CTR", "SAMPLE-AES-CENC");

  static MediaLint check(PlaylistText playlist, LintProblems problems) {
    VersionRule.check(playlist, problems);
    MapKeyRule.check(playlist, problems);
    List<Line> targets = playlist.all("EXT-X-TARGETDURATION");
    if (targets.size() != 1) {
      problems.error(
          targets.isEmpty() ? "hls-tag-missing" : "hls-tag-repeated",
          playlist.name(),
          targets.size() + " EXT-X-TARGETDURATION, one is needed");
    }
    String text = targets.isEmpty() ? "" : targets.get(0).value().strip();
    long target = text.matches("\\d{1,9}") ? Long.parseLong(text) : -1;
    if (!playlist.has("EXT-X-ENDLIST")) {
      problems.warning(
          "hls-no-end", playlist.name(), "without EXT-X-ENDLIST players wait for more");
    }
    List<Double> seconds = new ArrayList<>();
    boolean whole = false;
    for (Line line : playlist.lines()) {
      switch (line.tag()) {
        case "EXTINF" -> seconds.add(extinf(playlist, line, target, problems));
        case "EXT-X-KEY" -> {
          key(playlist, line, problems);
          whole = line.attributes().text("METHOD").equals("AES-128");
        }
        case "EXT-X-BYTERANGE" -> {
          if (whole) {
            problems.warning(
                "hls-range-of-encrypted-file",
                playlist.place(line),
                "a range of a file under AES-128: players disagree on what it is a range of");
          }
        }
        default -> {
          // Nothing is asked of the others.
        }
      }
    }
    return new MediaLint(
        playlist,
        target,
        seconds,
        playlist.all("EXT-X-DISCONTINUITY").size(),
        playlist.has("EXT-X-MAP"));
  }

  private static double extinf(
      PlaylistText playlist, Line line, long target, LintProblems problems) {
    double seconds = HlsNumber.of(line.value());
    if (seconds < 0) {
      problems.error(
          "extinf-malformed", playlist.place(line), "\"" + line.value() + "\" has no duration");
      return 0;
    }
    if (target >= 0 && Math.floor(seconds + 0.5) > target) {
      problems.error(
          "extinf-above-target",
          playlist.place(line),
          "EXTINF %s is above EXT-X-TARGETDURATION %d".formatted(seconds, target));
    }
    return seconds;
  }

  /** Of EXT-X-KEY and EXT-X-SESSION-KEY. */
  static void key(PlaylistText playlist, Line line, LintProblems problems) {
    HlsAttributes key = line.attributes();
    String method = key.text("METHOD");
    String place = playlist.place(line);
    if (!METHODS.contains(method)) {
      problems.error("hls-attribute-malformed", place, "METHOD \"" + method + "\"");
      return;
    }
    if (!method.equals("NONE") && key.text("URI").isEmpty()) {
      problems.error("hls-attribute-missing", place, "a key without URI");
    }
    String iv = key.text("IV");
    if (!iv.isEmpty() && !iv.matches("0[xX][0-9a-fA-F]{32}")) {
      problems.error(
          "hls-attribute-malformed", place, "IV is not 0x and 32 digits, of which short ones lie");
    }
    if (key.text("KEYFORMAT").equals("com.apple.streamingkeydelivery")
        && !method.equals("SAMPLE-AES")) {
      problems.error(
          "hls-fairplay-method", place, "FairPlay with METHOD " + method + ", it plays SAMPLE-AES");
    }
  }

  double total() {
    return seconds.stream().mapToDouble(Double::doubleValue).sum();
  }
}
