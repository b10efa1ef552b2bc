package io.keymux.packager.verify.text;

import io.keymux.packager.verify.manifest.DescribedSegment;
import io.keymux.packager.verify.manifest.DescribedText;
import io.keymux.packager.verify.manifest.ManifestProblems;
import io.keymux.packager.verify.text.VttFile.ReadCue;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the segments of a text playlist, whoever wrote them: each is a WebVTT file of its own,
 * whose cues are shown while it lasts.
 *
 * @see "RFC 8216, 3.5 WebVTT"
 */
public final class TextPlaylistCheck {
  /** Segments of text are rarely cut to the millisecond where those of the media are. */
  private static final double SLACK_SECONDS = 1;

  private static final int MAX_BYTES = 64 << 20;

  private TextPlaylistCheck() {}

  /**
   * @param clockSeconds where the presentation begins on the clock of the media
   * @return how many segments were read
   */
  public static int check(DescribedText text, double clockSeconds, ManifestProblems problems) {
    double start = clockSeconds;
    List<Boolean> maps = new ArrayList<>();
    for (DescribedSegment segment : text.segments()) {
      String place = segment.piece().name();
      VttFile file = read(segment, problems);
      double end = segment.seconds() < 0 ? Double.POSITIVE_INFINITY : start + segment.seconds();
      if (file != null) {
        maps.add(file.hasMap());
        double offset = file.mpegts() / 90_000.0 - file.local() / 1000.0;
        for (ReadCue cue : file.cues()) {
          outside(cue, offset, start, end, place, problems);
        }
      }
      start = end;
    }
    if (maps.contains(true) && maps.contains(false)) {
      problems.problem(
          "webvtt-timestamp-map", text.place(), "some segments have X-TIMESTAMP-MAP, others not");
    }
    return maps.size();
  }

  private static @org.jspecify.annotations.Nullable VttFile read(
      DescribedSegment segment, ManifestProblems problems) {
    String place = segment.piece().name();
    try {
      if (segment.piece().length() > MAX_BYTES) {
        problems.problem("webvtt-unreadable", place, "more than " + MAX_BYTES + " bytes");
        return null;
      }
      return VttFile.read(Files.readAllBytes(segment.piece().file()), place, problems);
    } catch (IOException e) {
      problems.problem("file-unreadable", place, "it cannot be read");
      return null;
    }
  }

  private static void outside(
      ReadCue cue,
      double offset,
      double start,
      double end,
      String place,
      ManifestProblems problems) {
    double shown = cue.start() / 1000.0 + offset;
    double hidden = cue.end() / 1000.0 + offset;
    if (hidden < start - SLACK_SECONDS || shown > end + SLACK_SECONDS) {
      problems.problem(
          "webvtt-cue-outside",
          place,
          String.format(
              java.util.Locale.ROOT,
              "a cue from %.3f to %.3f s, the segment lasts from %.3f to %.3f s",
              shown,
              hidden,
              start,
              end));
    }
  }
}
