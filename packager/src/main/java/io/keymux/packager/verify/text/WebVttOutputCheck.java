package io.keymux.packager.verify.text;

import io.keymux.cpix.box.BoxReader;
import io.keymux.cpix.box.MalformedBoxException;
import io.keymux.packager.media.PackagedTrack;
import io.keymux.packager.media.Segment;
import io.keymux.packager.plan.TrackPlan;
import io.keymux.packager.verify.manifest.ManifestProblems;
import io.keymux.packager.verify.text.VttFile.ReadCue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds files of WebVTT against the samples that they were made of: each cue of a sample is in
 * every segment in which it is shown, with its whole time, and no other is.
 */
public final class WebVttOutputCheck {
  private final PackagedTrack track;
  private final Path folder;
  private final long mpegts;
  private final ManifestProblems problems;

  private WebVttOutputCheck(
      PackagedTrack track, Path folder, long mpegts, ManifestProblems problems) {
    this.track = track;
    this.folder = folder;
    this.mpegts = mpegts;
    this.problems = problems;
  }

  /**
   * @param mpegts where the presentation's time 0 lies on the 90 kHz clock of the media
   * @return how many cues were found, counted once in each segment
   */
  public static long check(
      TrackPlan plan, PackagedTrack track, Path folder, long mpegts, ManifestProblems problems) {
    return new WebVttOutputCheck(track, folder, mpegts, problems).check(expected(plan));
  }

  private long check(List<ReadCue> all) {
    long found = 0;
    for (Segment segment : track.segments()) {
      long from = millis(segment.start(), track.timescale());
      long to = millis(segment.start() + segment.duration(), track.timescale());
      VttFile file = read(segment.path());
      if (file == null) {
        continue;
      }
      if (file.local() != 0 || file.mpegts() != mpegts || !file.hasMap()) {
        problems.problem(
            "webvtt-timestamp-map",
            segment.path(),
            "MPEGTS %d and LOCAL %d ms, time 0 is at %d"
                .formatted(file.mpegts(), file.local(), mpegts));
      }
      List<ReadCue> left = new ArrayList<>(file.cues());
      for (ReadCue cue : all) {
        boolean shown = cue.start() < to && cue.end() > from;
        if (shown && !left.remove(cue)) {
          say("webvtt-cue-missing", segment, cue, "is missing or different");
        } else if (shown) {
          found++;
        }
      }
      left.forEach(cue -> say("webvtt-cue-unexpected", segment, cue, "is not of the input"));
    }
    return found;
  }

  /** The text itself is not shown: reports may go where it may not. */
  private void say(String code, Segment segment, ReadCue cue, String what) {
    problems.problem(
        code,
        segment.path(),
        "the cue from %d to %d ms %s".formatted(cue.start(), cue.end(), what));
  }

  private @org.jspecify.annotations.Nullable VttFile read(String path) {
    try {
      return VttFile.read(Files.readAllBytes(folder.resolve(path)), path, problems);
    } catch (IOException e) {
      problems.problem("file-unreadable", path, "it cannot be read");
      return null;
    }
  }

  /** All cues of the source on the presentation's clock; pieces with one number are one cue. */
  private static List<ReadCue> expected(TrackPlan plan) {
    var media = plan.source().media();
    long shift = plan.decodeTimeShift() - media.edit().mediaTime();
    List<ReadCue> done = new ArrayList<>();
    Map<Long, ReadCue> open = new HashMap<>();
    for (int i = 0; i < media.samples().count(); i++) {
      byte[] sample = new byte[media.samples().size(i)];
      plan.source().source().read(media.samples().offset(i), sample, 0, sample.length);
      long from = media.samples().presentationTime(i) + shift;
      long start = millis(from, media.timescale());
      long end = millis(from + media.samples().duration(i), media.timescale());
      Map<Long, ReadCue> now = new HashMap<>();
      for (SampleCue cue : cues(sample)) {
        ReadCue before = cue.number < 0 ? null : open.remove(cue.number);
        ReadCue shown = cue.shown(before == null ? start : before.start(), end, start);
        if (cue.number >= 0) {
          now.put(cue.number, shown);
        } else if (end > start) {
          done.add(shown);
        }
      }
      done.addAll(open.values());
      open = now;
    }
    done.addAll(open.values());
    return done;
  }

  /** A cue box; {@code number} is -1 if it is whole. */
  private record SampleCue(long number, String id, String settings, String text, String clock) {
    ReadCue shown(long start, long end, long sampleStart) {
      String moved = InnerTimes.moved(text, clock, sampleStart);
      return new ReadCue(clean(id), start, end, clean(settings), body(moved));
    }

    /** As far as a file of lines can carry it. */
    private static String clean(String text) {
      return text.replace("-->", "").replaceAll("[\\r\\n\\x00]+", " ").strip();
    }

    private static String body(String text) {
      List<String> lines = text.lines().filter(line -> !line.isEmpty()).toList();
      return String.join("\n", lines).replace("-->", "--&gt;");
    }
  }

  private static List<SampleCue> cues(byte[] sample) {
    List<SampleCue> cues = new ArrayList<>();
    try {
      for (BoxReader boxes = new BoxReader(sample, 0); boxes.hasRemaining(); ) {
        BoxReader.Box box = boxes.box();
        if (!box.name().equals("vttc")) {
          continue;
        }
        Map<String, byte[]> children = new HashMap<>();
        for (BoxReader body = box.body(); body.hasRemaining(); ) {
          BoxReader.Box child = body.box();
          children.put(child.name(), child.body().bytes(child.body().remaining(), "cue"));
        }
        byte[] vsid = children.get("vsid");
        long number = vsid == null ? -1 : new BoxReader(vsid, 0).u32();
        cues.add(
            new SampleCue(
                number,
                text(children, "iden"),
                text(children, "sttg"),
                text(children, "payl"),
                text(children, "ctim")));
      }
    } catch (MalformedBoxException e) {
      return cues; // The track's own check says that the sample is damaged.
    }
    return cues;
  }

  private static String text(Map<String, byte[]> children, String name) {
    byte[] bytes = children.getOrDefault(name, new byte[0]);
    return new String(bytes, StandardCharsets.UTF_8).replaceFirst("\\x00+$", "");
  }

  private static long millis(long ticks, int timescale) {
    long rest = Math.floorMod(ticks, timescale);
    return Math.floorDiv(ticks, (long) timescale) * 1000
        + Math.floorDiv(rest * 2000 + timescale, 2L * timescale);
  }
}
