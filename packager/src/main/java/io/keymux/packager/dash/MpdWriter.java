package io.keymux.packager.dash;

import io.keymux.cpix.DrmException;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.LiveTiming;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.Segment;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes the MPD of a presentation: an AdaptationSet for each key, a Period for each part.
 *
 * <p>The media are CMAF tracks, and the MPD says so where its sets are CMAF switching sets.
 *
 * @see "ISO/IEC 23009-1, Dynamic adaptive streaming over HTTP"
 */
public final class MpdWriter {
  /** Relative to the output folder. */
  public static final String PATH = "manifest.mpd";

  private MpdWriter() {}

  /**
   * Lines end with LF.
   *
   * @throws DrmException with code {@code dash-no-tracks} if there are none, {@code
   *     signaling-not-xml} if a DRM system's ContentProtection data is not XML that can stand in an
   *     MPD, {@code mpd-unwritable-text} if a text needs a character that XML cannot carry
   */
  public static String write(Presentation presentation) {
    return write(presentation, null);
  }

  /**
   * The MPD of a live stream: dynamic, a Period for each part.
   *
   * @param window the segments that can be played now
   * @throws DrmException as {@link #write(Presentation)}
   */
  public static String writeLive(Presentation window, LiveTiming live) {
    return write(window, live);
  }

  private static String write(Presentation presentation, @Nullable LiveTiming live) {
    if (presentation.tracks().isEmpty()) {
      throw new DrmException(
          DrmException.Blame.CALLER,
          "dash-no-tracks",
          "The presentation has no tracks, and an MPD needs one at least.",
          "Add an input with video, audio or text.");
    }
    XmlWriter xml = new XmlWriter();
    boolean segments = presentation.layout() == Layout.SEGMENTS;
    boolean isProtected = presentation.tracks().stream().anyMatch(t -> t.protection() != null);
    xml.element(
        "MPD",
        () -> {
          xml.attribute("xmlns", "urn:mpeg:dash:schema:mpd:2011");
          if (isProtected) {
            xml.attribute("xmlns:cenc", SignalingXml.CENC)
                .attribute("xmlns:mspr", SignalingXml.MSPR);
          }
          if (presentation.tracks().stream().anyMatch(t -> t.details().supplemental() != null)) {
            xml.attribute("xmlns:scte214", DescriptiveProperties.SCTE_214);
          }
          xml.attribute("profiles", profiles(presentation, segments));
          if (live == null) {
            xml.attribute("type", "static")
                .attribute("mediaPresentationDuration", duration(presentation));
          } else {
            LiveAttributes.write(xml, live, durationMicros(presentation));
          }
          xml.attribute("minBufferTime", minBufferTime(presentation));
          List<List<PackagedTrack>> periods = presentation.periods();
          for (int i = 0; i < periods.size(); i++) {
            if (!periods.get(i).isEmpty()) {
              period(xml, presentation, i, live);
            }
          }
          if (live != null) {
            LiveAttributes.writeClock(xml, live);
          }
        });
    return xml.toString();
  }

  private static long startMicros(List<PackagedTrack> period) {
    PackagedTrack first = period.get(0);
    return first.micros(first.segments().get(0).start());
  }

  private static void period(
      XmlWriter xml, Presentation presentation, int index, @Nullable LiveTiming live) {
    List<PackagedTrack> tracks = presentation.periods().get(index);
    long first = index == 0 ? 0 : startMicros(tracks);
    long start = live == null ? first : live.periodStarts().getOrDefault(index, first);
    AdaptationSetWriter writer = new AdaptationSetWriter(xml, presentation, start / 1e6);
    xml.element(
        "Period",
        () -> {
          xml.attribute("id", index).attribute("start", seconds(BigDecimal.valueOf(start, 6)));
          List<AdaptationSet> sets = AdaptationSet.of(tracks);
          sets.forEach(writer::write);
          if (!presentation.thumbnails().isEmpty()) {
            new ImageSetWriter(xml, start, endMicros(presentation, index))
                .write(presentation.thumbnails(), sets.size());
          }
        });
  }

  private static long endMicros(Presentation presentation, int index) {
    List<List<PackagedTrack>> periods = presentation.periods();
    return index + 1 < periods.size()
        ? startMicros(periods.get(index + 1))
        : durationMicros(presentation);
  }

  private static String profiles(Presentation presentation, boolean segments) {
    String profile =
        segments
            ? "urn:mpeg:dash:profile:isoff-live:2011"
            : "urn:mpeg:dash:profile:isoff-on-demand:2011";
    return isCmaf(presentation) ? profile + ",urn:mpeg:dash:profile:cmaf:2019" : profile;
  }

  /**
   * Whether each set is a CMAF switching set. A clear lead has a second sample entry, which CMAF
   * tracks have not.
   */
  private static boolean isCmaf(Presentation presentation) {
    return presentation.periods().stream()
            .flatMap(period -> AdaptationSet.of(period).stream())
            .allMatch(AdaptationSet::aligned)
        && presentation.tracks().stream().noneMatch(MpdWriter::isPartlyClear);
  }

  private static boolean isPartlyClear(PackagedTrack track) {
    return track.protection() != null
        && track.segments().stream().anyMatch(segment -> segment.protection() == null);
  }

  private static String duration(Presentation presentation) {
    return seconds(BigDecimal.valueOf(durationMicros(presentation), 6));
  }

  private static long durationMicros(Presentation presentation) {
    long longest = 0;
    for (PackagedTrack track : presentation.tracks()) {
      Segment last = track.segments().get(track.segments().size() - 1);
      longest = Math.max(longest, track.micros(last.start() + last.duration()));
    }
    return longest;
  }

  private static String minBufferTime(Presentation presentation) {
    double longest = 0;
    for (PackagedTrack track : presentation.tracks()) {
      long bandwidth = Bandwidth.of(track, presentation.targetSeconds());
      longest = Math.max(longest, Bandwidth.bufferSeconds(track, bandwidth));
    }
    return seconds(BigDecimal.valueOf((long) Math.ceil(longest * 1000), 3));
  }

  static String seconds(BigDecimal seconds) {
    return "PT" + seconds.stripTrailingZeros().toPlainString() + "S";
  }
}
