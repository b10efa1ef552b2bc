package io.keymux.packager.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.DrmSystem;
import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.BoxWriter;
import io.keymux.cpix.box.FourCc;
import io.keymux.cpix.signaling.SignalingSettings;
import io.keymux.packager.ClearSegments;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.job.JobInput;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.ByteRange;
import io.keymux.packager.media.Container;
import io.keymux.packager.media.Layout;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Segment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events of an input stand in the segments that they belong to. */
class EventCheckTest {
  private static final String SCTE = "urn:scte:scte35:2013:bin";

  @TempDir Path temp;
  private JobInput input = JobInput.of(Path.of("none"));

  @BeforeEach
  void makeInput() throws Exception {
    ClearSegments clear = ClearSegments.video(temp.resolve("clear"));
    clear.insert(1, emsg(1, SCTE, "", 1000, 250, 7));
    clear.insert(1, emsg(1, "urn:other", "v", 90000, 3 * 90000, 8));
    clear.insert(2, emsg(0, SCTE, "", 1000, 500, 9));
    input = clear.input();
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void run_events_inTheirSegmentsAndInTheMpd(Layout layout) throws Exception {
    JobResult result = run(layout, 2);
    PackagedTrack track = result.presentation().tracks().get(0);
    List<List<String>> found = events(track);
    assertThat(found.get(0)).containsExactly(SCTE + "  250/1000 id 7");
    // Version 0 counts from its segment, which starts at two seconds.
    assertThat(found.get(1))
        .containsExactly("urn:other v 270000/90000 id 8", SCTE + "  2500/1000 id 9");
    assertThat(found.subList(2, found.size())).allMatch(List::isEmpty);
    assertThat(Files.readString(temp.resolve("out/manifest.mpd")))
        .containsOnlyOnce("<InbandEventStream schemeIdUri=\"" + SCTE + "\" value=\"\"/>")
        .containsOnlyOnce("<InbandEventStream schemeIdUri=\"urn:other\" value=\"v\"/>");
  }

  @Test
  void run_longerSegments_eventsFollowTheirTimes() throws Exception {
    List<List<String>> found = events(run(Layout.SEGMENTS, 4).presentation().tracks().get(0));
    assertThat(found.get(0)).hasSize(3);
  }

  @Test
  void run_transportStream_saysThatTheyAreLeftOut() throws Exception {
    PackagingJob job =
        PackagingJob.builder()
            .input(input)
            .systems(List.of(DrmSystem.SAMPLE_AES))
            .container(Container.TS)
            .signaling(SignalingSettings.DEFAULT.withKeyUri("https://keys.example/{kid}"))
            .output(temp.resolve("out"))
            .build();
    JobResult result = Keymux.packager().keys(TestKeys.exchange()).run(job);
    assertThat(result.notes())
        .contains("The events of video-360p are left out: MPEG-TS has no emsg.");
  }

  @Test
  void check_eventLostMovedOrAdded_isFound() throws Exception {
    JobResult result = run(Layout.SEGMENTS, 2);
    PackagedTrack track = result.presentation().tracks().get(0);
    assertThat(codes(result, boxes(track))).isEmpty();

    List<List<BoxReader>> lost = boxes(track);
    lost.get(1).remove(0);
    assertThat(codes(result, lost)).containsExactly("event-lost");

    List<List<BoxReader>> moved = boxes(track);
    moved.get(2).add(moved.get(1).remove(0));
    assertThat(codes(result, moved)).containsExactly("event-misplaced");

    List<List<BoxReader>> twice = boxes(track);
    twice.get(0).add(boxes(track).get(0).get(0));
    assertThat(codes(result, twice)).containsExactly("event-added");

    List<List<BoxReader>> late = boxes(track);
    late.get(0).set(0, new BoxReader(emsg(1, SCTE, "", 1000, 260, 7), 0).box().body());
    assertThat(codes(result, late)).containsExactly("event-lost", "event-added");
  }

  private List<String> codes(JobResult result, List<List<BoxReader>> boxes) throws Exception {
    try (PlanOfJob plan = PlanOfJob.of(result.job())) {
      List<Finding> findings = new ArrayList<>();
      EventCheck.check(
          plan.plan().tracks().get(0), result.presentation().tracks().get(0), boxes, findings::add);
      return findings.stream().map(Finding::code).toList();
    }
  }

  private JobResult run(Layout layout, double seconds) throws InterruptedException {
    PackagingJob job =
        PackagingJob.builder()
            .input(input)
            .layout(layout)
            .segmentSeconds(seconds)
            .verify(VerifyLevel.FULL)
            .output(temp.resolve("out"))
            .build();
    return Keymux.packager().keys(TestKeys.exchange()).run(job);
  }

  private List<List<BoxReader>> boxes(PackagedTrack track) {
    List<List<BoxReader>> boxes = new ArrayList<>();
    for (Segment segment : track.segments()) {
      List<BoxReader> of = new ArrayList<>();
      ByteRange range = segment.range();
      try (MediaSource source = FileSource.open(temp.resolve("out").resolve(segment.path()))) {
        BoxWalk walk = new BoxWalk(source, range.offset(), range.length());
        while (walk.hasNext()) {
          BoxWalk.TopBox box = walk.next();
          if (box.type().equals("emsg")) {
            of.add(walk.read(box).body());
          }
        }
      }
      boxes.add(of);
    }
    return boxes;
  }

  private List<List<String>> events(PackagedTrack track) {
    return boxes(track).stream()
        .map(of -> of.stream().map(EventCheckTest::describe).collect(Collectors.toList()))
        .toList();
  }

  private static String describe(BoxReader in) {
    assertThat(in.u32() >>> 24).isEqualTo(1);
    long timescale = in.u32();
    long time = in.i64();
    assertThat(in.u32()).isEqualTo(0xffffffffL);
    long id = in.u32();
    return "%s %s %d/%d id %d".formatted(in.string(), in.string(), time, timescale, id);
  }

  private static byte[] emsg(
      int version, String scheme, String value, long timescale, long time, long id) {
    BoxWriter out = new BoxWriter();
    byte[] names = (scheme + "\0" + value + "\0").getBytes(StandardCharsets.UTF_8);
    return out.fullBox(
            FourCc.of("emsg"),
            version,
            0,
            () -> {
              if (version == 0) {
                out.bytes(names).u32(timescale).u32(time).u32(0xffffffffL).u32(id);
              } else {
                out.u32(timescale).u64(time).u32(0xffffffffL).u32(id).bytes(names);
              }
              out.bytes(new byte[] {(byte) 0xfc, 0x30});
            })
        .toByteArray();
  }
}
