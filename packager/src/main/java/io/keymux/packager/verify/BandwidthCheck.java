package io.keymux.packager.verify;

import io.keymux.packager.verify.MediaFacts.Piece;
import io.keymux.packager.verify.manifest.DescribedSegment;
import io.keymux.packager.verify.manifest.DescribedTrack;
import io.keymux.packager.verify.manifest.Manifest;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds the bit rates of manifests against the sizes of segments. */
final class BandwidthCheck {
  /** Writers count segments with or without their headers, and round. */
  private static final double TOLERANCE = 1.001;

  /**
   * @see "HLS Authoring Specification for Apple Devices, 9.3"
   */
  private static final double MOST = 1.1;

  /** Durations in manifests are rounded, which adds up over a run of segments. */
  private static final double ROUNDING_SECONDS = 0.001;

  private final Consumer<Finding> findings;
  private final Function<DescribedTrack, @Nullable MediaFacts> media;

  /**
   * @param media gives what was read of a track, or null
   */
  BandwidthCheck(Consumer<Finding> findings, Function<DescribedTrack, @Nullable MediaFacts> media) {
    this.findings = findings;
    this.media = media;
  }

  /**
   * An EXT-X-STREAM-INF: BANDWIDTH is at least the sum of the peaks of what plays together.
   *
   * @see "RFC 8216, 4.3.4.2 EXT-X-STREAM-INF"
   */
  void check(Manifest.Variant variant) {
    double audio = variant.audio().stream().mapToDouble(this::peak).max().orElse(0);
    double peak = peak(variant.main()) + audio;
    if (variant.bandwidth() * TOLERANCE < peak) {
      say(
          variant.place(),
          "BANDWIDTH %d, the segments peak at %.0f bit/s".formatted(variant.bandwidth(), peak));
    } else if (peak > 0 && variant.bandwidth() > peak * MOST) {
      findings.accept(
          Finding.warning(
              "bandwidth-too-high",
              variant.place(),
              "BANDWIDTH %d, the segments peak at %.0f bit/s"
                  .formatted(variant.bandwidth(), peak)));
    }
  }

  /**
   * A Representation: at its bandwidth no segment comes later than minBufferTime. The peak is
   * enough, too, whatever the buffer.
   *
   * @see "ISO/IEC 23009-1, 5.3.5.2 Representation: bandwidth"
   */
  void check(DescribedTrack track) {
    MediaFacts facts = media.apply(track);
    if (track.bandwidth() <= 0 || facts == null || facts.main() == null) {
      return;
    }
    double longest = 0;
    double lag = 0;
    double worst = 0;
    double[] durations = durations(facts, track);
    for (int i = 0; i < durations.length; i++) {
      longest = Math.max(longest, durations[i]);
      double download = facts.pieces().get(i).bytes() * 8.0 / track.bandwidth();
      lag = Math.max(download, lag + download);
      worst = Math.max(worst, lag);
      lag -= durations[i];
    }
    double peak = peak(facts, durations, Math.max(1, Math.rint(longest)));
    if (track.bandwidth() * TOLERANCE < peak && worst > track.bufferSeconds() * TOLERANCE) {
      say(
          track.place(),
          "@bandwidth %d, the segments peak at %.0f bit/s and need a buffer of %.3f seconds"
              .formatted(track.bandwidth(), peak, worst));
    }
  }

  private double peak(List<DescribedTrack> tracks) {
    double peak = 0;
    for (DescribedTrack track : tracks) {
      MediaFacts facts = media.apply(track);
      if (facts != null) {
        peak = Math.max(peak, peak(facts, durations(facts, track), track.bufferSeconds()));
      }
    }
    return peak;
  }

  /**
   * In seconds, as the manifest says where it does: the samples of a segment that an edit list cuts
   * last longer than what is shown of them.
   */
  private static double[] durations(MediaFacts facts, DescribedTrack track) {
    double[] seconds = new double[facts.pieces().size()];
    boolean described = track.segments().size() == seconds.length;
    for (int i = 0; i < seconds.length; i++) {
      double said = described ? track.segments().get(i).seconds() : DescribedSegment.UNKNOWN;
      double decoded = seconds(facts, facts.pieces().get(i));
      boolean differs = said > 0 && Math.abs(said - decoded) > ROUNDING_SECONDS;
      seconds[i] = differs ? said + ROUNDING_SECONDS / 2 : Math.max(said, decoded);
    }
    return seconds;
  }

  /** Over any run of segments that lasts between half and one and a half of the target. */
  private static double peak(MediaFacts facts, double[] durations, double target) {
    double peak = 0;
    double single = 0;
    for (int first = 0; first < durations.length; first++) {
      double bytes = 0;
      double seconds = 0;
      for (int i = first; i < durations.length; i++) {
        bytes += facts.pieces().get(i).bytes();
        seconds += durations[i];
        if (i == first && seconds > 0) {
          single = Math.max(single, bytes * 8 / seconds);
        }
        if (seconds > 1.5 * target - ROUNDING_SECONDS) {
          break;
        }
        if (seconds >= 0.5 * target + ROUNDING_SECONDS) {
          peak = Math.max(peak, bytes * 8 / seconds);
        }
      }
    }
    return peak > 0 ? peak : single;
  }

  private static double seconds(MediaFacts facts, Piece piece) {
    TrackBoxes main = facts.main();
    return main == null ? 0 : (double) piece.decodeTicks() / main.timescale();
  }

  private void say(String place, String message) {
    findings.accept(Finding.error("bandwidth-too-low", place, message));
  }
}
