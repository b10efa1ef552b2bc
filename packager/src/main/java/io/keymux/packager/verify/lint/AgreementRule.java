package io.keymux.packager.verify.lint;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What must be alike in playlists that play together.
 *
 * @param all at least one
 * @see "RFC 8216, 6.2.4 Providing Variant Streams"
 */
record AgreementRule(List<MediaLint> all, LintProblems problems) {
  /** Writers round durations; half a frame adds up in none. */
  private static final double SECONDS = 0.1;

  /**
   * @param video whose segments should lie at the same times
   * @param text that may end before the others
   */
  void check(List<MediaLint> video, Set<Path> text) {
    for (MediaLint other : all) {
      compare(other, all.get(0), text.contains(other.playlist().file()));
    }
    for (MediaLint other : video) {
      if (!sameTimes(other.seconds(), video.get(0).seconds())) {
        problems.warning(
            "hls-segments-differ",
            other.playlist().name(),
            "its segments do not lie at the times of those of " + video.get(0).playlist().name());
      }
    }
  }

  private void compare(MediaLint other, MediaLint first, boolean text) {
    String name = other.playlist().name();
    if (other.target() != first.target()) {
      problems.error(
          "hls-target-differs",
          name,
          "EXT-X-TARGETDURATION %d, %s has %d"
              .formatted(other.target(), first.playlist().name(), first.target()));
    }
    if (other.discontinuities() != first.discontinuities()) {
      problems.error(
          "hls-discontinuities-differ",
          name,
          "%d discontinuities, %s has %d"
              .formatted(
                  other.discontinuities(), first.playlist().name(), first.discontinuities()));
    }
    if (!text && Math.abs(other.total() - first.total()) > Math.max(1, first.target())) {
      problems.warning(
          "hls-durations-differ",
          name,
          "it lasts %.3f seconds, %s lasts %.3f"
              .formatted(other.total(), first.playlist().name(), first.total()));
    }
  }

  private static boolean sameTimes(List<Double> a, List<Double> b) {
    double difference = 0;
    boolean same = a.size() == b.size();
    for (int i = 0; same && i < a.size(); i++) {
      difference += a.get(i) - b.get(i);
      same = Math.abs(difference) < SECONDS;
    }
    return same;
  }
}
