package io.keymux.packager.dash;

import io.keymux.cpix.Track;
import io.keymux.cpix.TrackType;
import io.keymux.packager.media.ByteRange;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.RelativeUrl;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes AdaptationSet elements and what they hold, in the order that the MPD schema fixes. */
final class AdaptationSetWriter {
  /** Sets without a priority have 1. */
  private static final int PREFERRED = 2;

  /** Any player decodes a picture for each one that it would decode anyway. */
  private static final int MAX_PLAYOUT_RATE = 8;

  private final XmlWriter xml;
  private final long targetSeconds;
  private final boolean singleFile;
  private final double periodSeconds;

  /**
   * @param periodSeconds start of the Period in the presentation
   */
  AdaptationSetWriter(XmlWriter xml, Presentation presentation, double periodSeconds) {
    this.periodSeconds = periodSeconds;
    this.xml = xml;
    this.targetSeconds = presentation.targetSeconds();
    this.singleFile = presentation.layout() == Layout.SINGLE_FILE;
  }

  void write(AdaptationSet set) {
    xml.element("AdaptationSet", () -> writeBody(set));
  }

  private void writeBody(AdaptationSet set) {
    TrackType type = set.content().type();
    xml.attribute("id", set.id()).attribute("contentType", type.name().toLowerCase(Locale.ROOT));
    if (!set.content().language().equals("und")) {
      xml.attribute("lang", set.content().language());
    }
    if (set.content().selection().preferred()) {
      xml.attribute("selectionPriority", PREFERRED);
    }
    xml.attribute("mimeType", mimeType(type)).attribute("startWithSAP", 1);
    if (set.aligned()) {
      xml.attribute(singleFile ? "subsegmentAlignment" : "segmentAlignment", true);
    }
    if (singleFile) {
      xml.attribute("subsegmentStartsWithSAP", 1);
    }
    ContentProtections.write(xml, set.tracks().get(0).protections());
    if (!set.picturesOf().isEmpty()) {
      xml.descriptor(
          "EssentialProperty",
          "http://dashif.org/guidelines/trickmode",
          set.picturesOf().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    }
    DescriptiveProperties.writeRange(xml, set.content().range());
    if (!set.switching().isEmpty()) {
      String others =
          set.switching().stream().map(String::valueOf).collect(Collectors.joining(","));
      xml.descriptor("SupplementalProperty", "urn:mpeg:dash:adaptation-set-switching:2016", others);
    }
    set.tracks().stream()
        .flatMap(track -> track.details().events().stream())
        .distinct()
        .forEach(e -> xml.descriptor("InbandEventStream", e.schemeIdUri(), e.value()));
    if (!set.content().trickPlay()) {
      DescriptiveProperties.writeSelection(xml, type, set.content().selection());
    }
    set.tracks().forEach(track -> xml.element("Representation", () -> representation(track)));
  }

  private void representation(PackagedTrack packaged) {
    Track track = packaged.track();
    xml.attribute("id", track.name())
        .attribute("bandwidth", Bandwidth.of(packaged, targetSeconds))
        .attribute("codecs", track.codecs());
    DescriptiveProperties.writeSupplementalCodecs(xml, packaged.details());
    if (track.type() == TrackType.VIDEO) {
      xml.attribute("width", track.width()).attribute("height", track.height());
      if (packaged.details().picturesOf() != null) {
        xml.attribute("codingDependency", false).attribute("maxPlayoutRate", MAX_PLAYOUT_RATE);
      }
      if (track.frameRate() > 0) {
        xml.attribute("frameRate", FrameRate.of(track.frameRate()));
      }
    }
    if (track.type() == TrackType.AUDIO) {
      if (track.sampleRate() > 0) {
        xml.attribute("audioSamplingRate", track.sampleRate());
      }
      ChannelConfiguration channels = ChannelConfiguration.of(track.codecs(), track.channels());
      if (channels != null) {
        xml.descriptor("AudioChannelConfiguration", channels.scheme(), channels.value());
      }
      DescriptiveProperties.writeSpatial(xml, packaged.details().spatial());
    }
    if (singleFile) {
      segmentBase(packaged);
    } else {
      SegmentTemplate.of(packaged).write(xml, ticks(packaged));
    }
  }

  private void segmentBase(PackagedTrack track) {
    ByteRange index = track.indexRange();
    if (index == null) {
      throw new IllegalArgumentException(track.track().name() + " is one file without a sidx");
    }
    xml.text("BaseURL", RelativeUrl.of(track.initPath()))
        .element(
            "SegmentBase",
            () ->
                xml.attribute("timescale", track.timescale())
                    .attribute("presentationTimeOffset", ticks(track))
                    .attribute("indexRange", index.firstLast())
                    .element(
                        "Initialization",
                        () -> xml.attribute("range", track.initRange().firstLast())));
  }

  private long ticks(PackagedTrack track) {
    return Math.round(periodSeconds * track.timescale());
  }

  private static String mimeType(TrackType type) {
    return switch (type) {
      case VIDEO -> "video/mp4";
      case AUDIO -> "audio/mp4";
      case TEXT -> "application/mp4";
    };
  }
}
