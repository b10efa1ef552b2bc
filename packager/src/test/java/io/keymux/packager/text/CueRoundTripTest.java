package io.keymux.packager.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.text.TextCut.Result;
import io.keymux.packager.text.TextCut.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Random cues through samples, cuts and segments come out as they went in. */
class CueRoundTripTest {
  private static final int SECONDS = 60;

  @RepeatedTest(200)
  void samples_randomCues_equal(RepetitionInfo run) {
    List<Cue> cues = cues(new Random(run.getCurrentRepetition()));
    TextFile file = TextFile.open(TextInput.vtt(file(cues)));
    assertThat(read(file.movie().tracks().get(0), file)).isEqualTo(cues);
  }

  @RepeatedTest(200)
  void cut_randomCues_equalAndCutEverywhere(RepetitionInfo run) {
    Random random = new Random(run.getCurrentRepetition());
    List<Cue> cues = cues(random);
    TextFile file = TextFile.open(TextInput.vtt(file(cues)));
    List<Double> cuts = random.doubles(random.nextInt(30), 0, SECONDS).sorted().boxed().toList();
    Result fitted = TextCut.fit(file, new Span(0, SECONDS + 40, cuts));
    assertThat(WvttReader.read(fitted.track(), fitted.source(), 0).cues()).isEqualTo(cues);

    Set<Long> starts = new LinkedHashSet<>();
    for (int i = 0; i < fitted.track().samples().count(); i++) {
      starts.add(fitted.track().samples().decodeTime(i));
    }
    for (double cut : cuts) {
      assertThat(starts).contains(Math.round(cut * 1000));
    }
    assertThat(starts).contains(0L);
    assertThat(fitted.track().samples().decodeTime(fitted.track().samples().count()))
        .isEqualTo((SECONDS + 40) * 1000L);
    assertThat(fitted.leftOut()).isZero();
  }

  /** As a movie's track, cut a second time at other places. */
  @RepeatedTest(100)
  void cutTwice_randomCues_equal(RepetitionInfo run) {
    Random random = new Random(run.getCurrentRepetition());
    List<Cue> cues = cues(random);
    TextFile file = TextFile.open(TextInput.vtt(file(cues)));
    Span first = new Span(0, SECONDS + 40, random.doubles(9, 0, SECONDS).sorted().boxed().toList());
    Span second =
        new Span(0, SECONDS + 40, random.doubles(9, 0, SECONDS).sorted().boxed().toList());
    Result once = TextCut.fit(file, first);
    Result twice = TextCut.fit(once.track(), once.source(), second);
    assertThat(WvttReader.read(twice.track(), twice.source(), 0).cues()).isEqualTo(cues);

    Result again = TextCut.fit(twice.track(), twice.source(), second);
    assertThat(again.source()).isSameAs(twice.source());
    assertThat(again.track()).isSameAs(twice.track());
  }

  @RepeatedTest(100)
  void segments_randomCues_mergeToTheSame(RepetitionInfo run) {
    Random random = new Random(run.getCurrentRepetition());
    List<Cue> cues = cues(random);
    WebVtt document = new WebVtt("WEBVTT\n\nSTYLE\n::cue { color: red }", cues);
    long from = 0;
    Set<String> merged = new LinkedHashSet<>();
    while (from < (SECONDS + 40) * 1000) {
      long to = from + 1 + random.nextInt(9000);
      String text = WebVttSegment.text(document, from, to, 900_000);
      assertThat(text)
          .startsWith(
              "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:900000,LOCAL:00:00:00.000\n\nSTYLE\n::cue { color: red }\n");
      List<String> blocks = new ArrayList<>(Arrays.asList(text.split("\n\n")));
      for (String block : blocks.subList(2, blocks.size())) {
        merged.add(block.stripTrailing());
      }
      from = to;
    }
    assertThat(merged)
        .containsExactlyInAnyOrderElementsOf(cues.stream().map(CueRoundTripTest::block).toList());
  }

  @Test
  void cut_cuesOutsideOfTheMedia_leftOutOrEnded() {
    TextFile file =
        TextFile.open(
            TextInput.vtt(
                "WEBVTT\n\n00:08.000 --> 00:12.000\nlong\n\n00:20.000 --> 00:21.000\nlate\n"));
    Result fitted = TextCut.fit(file, new Span(0, 10, List.of(4.0, 8.0)));
    assertThat(WvttReader.read(fitted.track(), fitted.source(), 0).cues())
        .containsExactly(new Cue("", 8000, 10_000, "", "long"));
    assertThat(fitted.leftOut()).isEqualTo(1);
  }

  @Test
  void cut_presentationBeginsLater_cuesCountFromThere() {
    String text = "00:01.000 --> 00:03.000\na<00:02.000>b\n";
    TextFile file = TextFile.open(TextInput.vtt("WEBVTT\n\n" + text));
    Result fitted = TextCut.fit(file, new Span(3600, 3610, List.of(3602.0)));
    assertThat(fitted.track().samples().decodeTime(0)).isEqualTo(3_600_000);
    assertThat(WvttReader.read(fitted.track(), fitted.source(), -3_600_000).cues())
        .containsExactly(new Cue("", 1000, 3000, "", "a<00:00:02.000>b"));

    String map = "X-TIMESTAMP-MAP=MPEGTS:324090000,LOCAL:00:00:00.000\n\n";
    TextFile mapped = TextFile.open(TextInput.vtt("WEBVTT\n" + map + text));
    Result placed = TextCut.fit(mapped, new Span(3600, 3610, List.of(3602.0)));
    assertThat(WvttReader.read(placed.track(), placed.source(), -3_600_000).cues())
        .containsExactly(new Cue("", 2000, 4000, "", "a<00:00:03.000>b"));
  }

  private static List<Cue> read(MediaTrack track, TextFile file) {
    return WvttReader.read(track, file.source(), 0).cues();
  }

  /** Distinct, by their start. */
  private static List<Cue> cues(Random random) {
    List<Cue> cues = new ArrayList<>();
    int count = 1 + random.nextInt(30);
    for (int i = 0; i < count; i++) {
      long start =
          random.nextInt(SECONDS) * 1000L + (random.nextBoolean() ? 0 : random.nextInt(1000));
      long end = start + 1 + random.nextInt(random.nextBoolean() ? 3000 : 30_000);
      String id = random.nextBoolean() ? "" : "cue " + i;
      String settings = random.nextBoolean() ? "" : "line:" + i + "% align:start";
      String text =
          "text " + i + (random.nextBoolean() ? "" : "\n<v \u00c4nne>\u4f60\u597d &lt;" + i);
      if (random.nextInt(4) == 0) {
        text += " <" + VttTime.format((start + end) / 2) + ">later";
      }
      cues.add(new Cue(id, start, end, settings, text));
    }
    cues.sort(Comparator.comparingLong(Cue::start));
    return cues;
  }

  private static String file(List<Cue> cues) {
    StringBuilder file = new StringBuilder("WEBVTT\n");
    cues.forEach(cue -> file.append('\n').append(block(cue)).append('\n'));
    return file.toString();
  }

  private static String block(Cue cue) {
    return (cue.id().isEmpty() ? "" : cue.id() + "\n")
        + VttTime.format(cue.start())
        + " --> "
        + VttTime.format(cue.end())
        + (cue.settings().isEmpty() ? "" : " " + cue.settings())
        + "\n"
        + cue.text();
  }
}
