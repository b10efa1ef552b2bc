package io.keymux.packager.verify;

import io.keymux.packager.verify.MediaFacts.Piece;
import io.keymux.packager.verify.manifest.DescribedSegment;
import io.keymux.packager.verify.manifest.DescribedTrack;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Holds the segment durations of a manifest or an index against the media. */
final class TimingCheck {
  /** Playlists round to milliseconds. */
  private static final double ROUNDING_SECONDS = 0.001;

  private TimingCheck() {}

  /**
   * A duration may be counted in decode time or from picture to picture as they are shown; what the
   * edit list hides, or what comes before 0, may be left out, and the last segment may be cut by
   * it. Half a sample of difference is allowed.
   */
  static void check(DescribedTrack track, MediaFacts facts, Consumer<Finding> findings) {
    TrackBoxes main = facts.main();
    List<Piece> pieces = facts.pieces();
    if (main == null || pieces.size() != track.segments().size()) {
      return;
    }
    double slack = facts.sampleSeconds() / 2 + ROUNDING_SECONDS;
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      DescribedSegment segment = track.segments().get(i);
      if (segment.seconds() < 0 || piece.samples() == 0) {
        continue;
      }
      long shownEnd = i + 1 < pieces.size() ? pieces.get(i + 1).begin() : piece.end();
      double shown = (double) (shownEnd - piece.begin()) / main.timescale();
      double decoded = (double) piece.decodeTicks() / main.timescale();
      double least = Math.min(shown, decoded) - slack;
      double most = Math.max(shown, decoded) + slack;
      long hidden = Math.max(0, main.edit().mediaTime() - piece.begin());
      if (i == 0) {
        hidden = Math.max(hidden, main.edit().mediaTime());
      }
      least -= (double) hidden / main.timescale();
      boolean shortEnd = i == pieces.size() - 1;
      boolean fits =
          segment.seconds() <= most
              && (segment.seconds() >= least || (shortEnd && main.edit().ends()));
      if (!fits) {
        findings.accept(
            Finding.error(
                "segment-duration",
                track.place() + " segment " + (i + 1),
                String.format(
                    Locale.ROOT,
                    "%.6f seconds, the media lasts %.6f",
                    segment.seconds(),
                    decoded)));
      }
    }
  }
}
