package io.keymux.packager.verify;

import io.keymux.packager.codec.TrackCodec;
import io.keymux.packager.verify.TrackBoxes.Entry;
import io.keymux.packager.verify.manifest.DescribedFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Holds CODECS, size and frame rate of a manifest against the sample entries and times of the
 * media: players choose by them before they load anything.
 */
final class FormatCheck {
  private static final Set<String> TEXT = Set.of("wvtt", "stpp");

  /** A rate that is said too low lets players choose a video that they cannot show. */
  private static final double RATE_TOLERANCE = 1.02;

  private final Consumer<Finding> findings;
  private final String place;
  private final DescribedFormat said;

  private FormatCheck(Consumer<Finding> findings, String place, DescribedFormat said) {
    this.findings = findings;
    this.place = place;
    this.said = said;
  }

  /**
   * @param media all that the manifest describes at this place
   */
  static void check(
      String place, DescribedFormat said, List<MediaFacts> media, Consumer<Finding> findings) {
    FormatCheck check = new FormatCheck(findings, place, said);
    check.codecs(media);
    for (MediaFacts facts : media) {
      check.picture(facts);
    }
  }

  private void codecs(List<MediaFacts> media) {
    List<TrackCodec> actual = new ArrayList<>();
    for (MediaFacts facts : media) {
      for (TrackBoxes track : facts.init().tracks()) {
        for (Entry entry : track.entries()) {
          if (entry.codec() != null && !actual.contains(entry.codec())) {
            actual.add(entry.codec());
          }
        }
      }
    }
    if (said.codecs().isEmpty() || actual.isEmpty()) {
      return;
    }
    for (TrackCodec codec : actual) {
      if (said.codecs().stream().noneMatch(s -> format(s).equals(format(codec.codecs())))) {
        findings.accept(
            Finding.error(
                "codecs-mismatch",
                place,
                "CODECS %s, the media has %s".formatted(said.codecs(), codec.codecs())));
      } else if (said.codecs().stream().noneMatch(s -> s.equalsIgnoreCase(codec.codecs()))) {
        findings.accept(
            Finding.warning(
                "codecs-differ",
                place,
                "CODECS %s, the sample entry says %s".formatted(said.codecs(), codec.codecs())));
      }
    }
    for (String text : said.codecs()) {
      boolean known = actual.stream().anyMatch(c -> format(c.codecs()).equals(format(text)));
      // Subtitles of a variant are in groups that are not compared here.
      if (!known && !TEXT.contains(format(text))) {
        findings.accept(
            Finding.error("codecs-mismatch", place, "CODECS has " + text + ", no media has it"));
      }
    }
  }

  private void picture(MediaFacts facts) {
    TrackBoxes main = facts.main();
    if (main == null || !main.handler().equals("vide")) {
      return;
    }
    for (Entry entry : main.entries()) {
      TrackCodec codec = entry.codec();
      if (codec != null
          && said.width() > 0
          && (said.width() != codec.width() || said.height() != codec.height())) {
        findings.accept(
            Finding.warning(
                "resolution-differs",
                place,
                "%dx%d, the video is coded as %dx%d"
                    .formatted(said.width(), said.height(), codec.width(), codec.height())));
        return;
      }
    }
    double seconds = facts.sampleSeconds();
    if (said.frameRate() > 0
        && seconds > 0
        && facts.pieces().size() > 1
        && said.frameRate() * RATE_TOLERANCE < 1 / seconds) {
      findings.accept(
          Finding.warning(
              "frame-rate-too-low",
              place,
              String.format(
                  Locale.ROOT,
                  "%.3f frames a second, the media has %.3f",
                  said.frameRate(),
                  1 / seconds)));
    }
  }

  private static String format(String codecs) {
    int dot = codecs.indexOf('.');
    return dot < 0 ? codecs : codecs.substring(0, dot);
  }
}
