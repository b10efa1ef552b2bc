package io.keymux.packager.dash;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Presentation;
import io.keymux.packager.media.Segment;
import io.keymux.packager.media.TestPresentation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads our MPDs back and holds them against ISO/IEC 23009-1. */
class MpdRulesTest {
  private static final String CASES = "io.keymux.packager.media.TestPresentation#all";
  private static final String CENC = "urn:mpeg:cenc:2013";

  @ParameterizedTest
  @MethodSource(CASES)
  void representation_anyTrack_addressesItsSegmentsExactly(TestPresentation input) {
    MpdDocument mpd = MpdDocument.parse(MpdWriter.write(input.presentation()));
    for (PackagedTrack track : input.presentation().tracks()) {
      MpdDocument representation = representation(mpd, track);
      if (input.presentation().layout() == Layout.SEGMENTS) {
        assertThat(expand(representation)).isEqualTo(segments(track));
      } else {
        MpdDocument base = representation.one("SegmentBase");
        assertThat(representation.one("BaseURL").text()).isEqualTo(track.initPath());
        assertThat(base.get("indexRange")).isEqualTo("900-979");
        assertThat(base.one("Initialization").get("range")).isEqualTo("0-899");
      }
    }
  }

  @ParameterizedTest
  @MethodSource(CASES)
  void bandwidth_withMinBufferTime_neverStalls(TestPresentation input) {
    MpdDocument mpd = MpdDocument.parse(MpdWriter.write(input.presentation()));
    double buffer = seconds(mpd.one("/MPD").get("minBufferTime"));
    assertThat(buffer).isLessThan(2 * input.presentation().segmentSeconds());
    for (PackagedTrack track : input.presentation().tracks()) {
      double bandwidth = Double.parseDouble(representation(mpd, track).get("bandwidth"));
      for (int first = 0; first < track.segments().size(); first++) {
        double bits = 0;
        double played = 0;
        for (Segment segment : track.segments().subList(first, track.segments().size())) {
          bits += segment.range().length() * 8.0;
          assertThat(bits).isLessThanOrEqualTo(bandwidth * (buffer + played));
          played += (double) segment.duration() / track.timescale();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(CASES)
  void adaptationSet_anyCase_hasOneKeyAndSaysIt(TestPresentation input) {
    MpdDocument mpd = MpdDocument.parse(MpdWriter.write(input.presentation()));
    for (PackagedTrack track : input.presentation().tracks()) {
      List<MpdDocument> descriptors =
          mpd.all("//AdaptationSet[*/@id='%s']/ContentProtection".formatted(track.track().name()));
      if (track.protection() == null) {
        assertThat(descriptors).isEmpty();
      } else {
        assertThat(descriptors.get(0).get("schemeIdUri"))
            .isEqualTo("urn:mpeg:dash:mp4protection:2011");
        assertThat(descriptors.get(0).get("value")).isEqualTo(track.protection().scheme().fourCc());
        assertThat(descriptors.get(0).get(CENC, "default_KID"))
            .isEqualTo(track.protection().keyId().toString());
        assertThat(descriptors).extracting(d -> d.get("schemeIdUri")).doesNotHaveDuplicates();
      }
    }
    assertThat(mpd.all("//AdaptationSet[@contentType!='image']/Representation"))
        .hasSameSizeAs(input.presentation().tracks());
    assertThat(mpd.all("//AdaptationSet[@contentType='image']/Representation"))
        .hasSameSizeAs(input.presentation().thumbnails());
    assertThat(mpd.all("//AdaptationSet[@contentType='image']/ContentProtection")).isEmpty();
    assertThat(mpd.all("//Representation/ContentProtection")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(CASES)
  void switching_anyCase_isMutualAndNamesSets(TestPresentation input) {
    MpdDocument mpd = MpdDocument.parse(MpdWriter.write(input.presentation()));
    Set<String> links = new HashSet<>();
    for (MpdDocument set : mpd.all("//AdaptationSet")) {
      for (MpdDocument link :
          set.all("SupplementalProperty[contains(@schemeIdUri,'adaptation-set-switching')]")) {
        for (String other : link.get("value").split(",", -1)) {
          links.add(set.get("id") + ">" + other);
        }
      }
    }
    boolean linked = input.folder().startsWith("preset1");
    assertThat(links)
        .isEqualTo(linked ? Set.of("1>2", "1>3", "2>1", "2>3", "3>1", "3>2") : Set.of());
  }

  @ParameterizedTest
  @MethodSource(CASES)
  void mpd_anyCase_saysProfileAndDuration(TestPresentation input) {
    Presentation presentation = input.presentation();
    MpdDocument root = MpdDocument.parse(MpdWriter.write(presentation)).one("/MPD");

    assertThat(root.get("type")).isEqualTo("static");
    assertThat(root.get("profiles"))
        .isEqualTo(
            (presentation.layout() == Layout.SEGMENTS
                    ? "urn:mpeg:dash:profile:isoff-live:2011"
                    : "urn:mpeg:dash:profile:isoff-on-demand:2011")
                + ",urn:mpeg:dash:profile:cmaf:2019");
    assertThat(seconds(root.get("mediaPresentationDuration")))
        .isCloseTo(presentation.durationSeconds(), Offset.offset(0.000_001));
    assertThat(root.all("//*[contains(@schemeIdUri,'94ce86fb')]")).isEmpty();
  }

  private record Addressed(String path, long start, long duration) {}

  private static List<Addressed> segments(PackagedTrack track) {
    return track.segments().stream()
        .map(s -> new Addressed(s.path(), s.start(), s.duration()))
        .toList();
  }

  private static List<Addressed> expand(MpdDocument representation) {
    MpdDocument template = representation.one("SegmentTemplate");
    List<Addressed> segments = new ArrayList<>();
    int number = Integer.parseInt(template.get("startNumber"));
    long time = 0;
    for (MpdDocument s : template.all("SegmentTimeline/S")) {
      time = s.get("t").isEmpty() ? time : Long.parseLong(s.get("t"));
      long repeats = s.get("r").isEmpty() ? 0 : Long.parseLong(s.get("r"));
      for (long i = 0; i <= repeats; i++) {
        long duration = Long.parseLong(s.get("d"));
        String path = template.get("media").replace("$Number$", Integer.toString(number++));
        segments.add(new Addressed(path, time, duration));
        time += duration;
      }
    }
    return segments;
  }

  private static MpdDocument representation(MpdDocument mpd, PackagedTrack track) {
    return mpd.one("//Representation[@id='%s']".formatted(track.track().name()));
  }

  private static double seconds(String duration) {
    return Duration.parse(duration).toNanos() / 1e9;
  }
}
