package io.keymux.packager.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Segment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The groups of AAC's pre-roll, as written and with one thing changed. */
class SampleGroupCheckTest {
  private static final Path AUDIO =
      Path.of(System.getProperty("keymux.root", ".."))
          .resolve("test-vectors/vectors/sample-ladder/audio-stereo.mp4");

  private static final String DIFFERS = "sample-group-differs roll is not as in the input from ";

  @TempDir Path temp;

  @Test
  void check_groups_lostChangedOrAddedIsFound() throws Exception {
    JobResult result = run();
    List<String> boxes = boxes(result.presentation().tracks().get(0));
    assertThat(boxes.get(0)).contains("sgpd");
    assertThat(boxes.get(1)).contains("sbgp\0\0\0\0roll");

    assertThat(problems(result, boxes)).isEmpty();
    assertThat(problem(result, changed(boxes, 1, "sbgp", "free"))).startsWith(DIFFERS);
    assertThat(problem(result, changed(boxes, 0, "\u00ff\u00ff", "\u00ff\u00fe")))
        .isEqualTo(DIFFERS + "sample 0 on");
    int last = boxes.size() - 1;
    assertThat(problem(result, changed(boxes, last, "sbgp\0\0\0\0roll", "sbgp\0\0\0\0rolx")))
        .contains("does not exist");
    List<String> renamed = new ArrayList<>();
    boxes.forEach(box -> renamed.add(box.replace("roll", "prol")));
    assertThat(problems(result, renamed))
        .containsExactly(DIFFERS + "sample 0 on", DIFFERS.replace("roll", "prol") + "sample 0 on");
  }

  private static List<String> changed(List<String> boxes, int at, String from, String to) {
    List<String> changed = new ArrayList<>(boxes);
    String box = boxes.get(at);
    int place = box.indexOf(from, Math.max(0, box.indexOf("sgpd")));
    changed.set(at, box.substring(0, place) + to + box.substring(place + to.length()));
    return changed;
  }

  private static String problem(JobResult result, List<String> boxes) throws Exception {
    List<String> problems = problems(result, boxes);
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  private static List<String> problems(JobResult result, List<String> boxes) throws Exception {
    List<String> problems = new ArrayList<>();
    try (PlanOfJob plan = PlanOfJob.of(result.job())) {
      SampleGroupCheck check = new SampleGroupCheck(0);
      try {
        boxes.forEach(box -> check.take(new BoxReader(box.getBytes(ISO_8859_1), 0).box()));
        check.check(
            plan.plan().tracks().get(0),
            "audio",
            finding -> problems.add(finding.code() + " " + finding.message()));
      } catch (MalformedBoxException e) {
        problems.add(e.problem());
      }
    }
    return problems;
  }

  private List<String> boxes(PackagedTrack track) {
    Set<Path> files = new LinkedHashSet<>(List.of(temp.resolve("out").resolve(track.initPath())));
    for (Segment segment : track.segments()) {
      files.add(temp.resolve("out").resolve(segment.path()));
    }
    List<String> boxes = new ArrayList<>();
    for (Path file : files) {
      try (MediaSource source = FileSource.open(file)) {
        BoxWalk walk = new BoxWalk(source, 0, source.size());
        while (walk.hasNext()) {
          BoxWalk.TopBox box = walk.next();
          if (box.type().equals("moov") || box.type().equals("moof")) {
            boxes.add(new String(walk.read(box).toBytes(), ISO_8859_1));
          }
        }
      }
    }
    return boxes;
  }

  private JobResult run() throws InterruptedException {
    return Keymux.packager()
        .keys(TestKeys.exchange())
        .run(
            PackagingJob.builder()
                .input(AUDIO)
                .verify(VerifyLevel.FULL)
                .output(temp.resolve("out"))
                .build());
  }
}
