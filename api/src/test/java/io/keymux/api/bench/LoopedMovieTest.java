package io.keymux.api.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keymux.cpix.DrmException;
import io.keymux.packager.Keymux;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.isobmff.Movie;
import io.keymux.packager.isobmff.MovieReader;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.job.PackagingJob;
import io.keymux.packager.job.VerifyLevel;
import io.keymux.packager.media.Layout;
import io.keymux.packager.tool.Tool;
import io.keymux.packager.tool.ToolCommand;
import io.keymux.packager.tool.ToolFinder;
import io.keymux.packager.tool.ToolRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopedMovieTest {
  private static final int TIMES = 3;
  private static final Path SAMPLES =
      Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder");
  private static final Path VIDEO = SAMPLES.resolve("video-360p.mp4");

  @TempDir Path temp;

  @ParameterizedTest
  @ValueSource(strings = {"video-360p.mp4", "audio-stereo.mp4"})
  void write_movie_hasEverySampleAgainAtTheSamePlace(String name) throws IOException {
    Path movie = SAMPLES.resolve(name);
    Path looped = looped(movie);
    MediaTrack before = read(movie).tracks().get(0);
    MediaTrack after = read(looped).tracks().get(0);
    SampleTable once = before.samples();
    SampleTable all = after.samples();

    assertThat(all.count()).isEqualTo(TIMES * once.count());
    long duration = once.decodeTime(once.count());
    for (int i = 0; i < all.count(); i++) {
      int same = i % once.count();
      long turn = i / once.count();
      assertThat(all.offset(i)).as("offset of sample %d", i).isEqualTo(once.offset(same));
      assertThat(all.size(i)).as("size of sample %d", i).isEqualTo(once.size(same));
      assertThat(all.isSync(i)).as("sync of sample %d", i).isEqualTo(once.isSync(same));
      assertThat(all.presentationTime(i))
          .as("time of sample %d", i)
          .isEqualTo(once.presentationTime(same) + turn * duration);
    }
    assertThat(after.edit()).isEqualTo(before.edit());
    assertThat(after.entry()).usingRecursiveComparison().isEqualTo(before.entry());
    assertThat(mediaBytes(looped, once)).isEqualTo(mediaBytes(movie, once));
    assertThat(Files.size(looped)).isLessThan(Files.size(movie) + 40L * all.count() + 2000);
  }

  /** The engine decrypts what it wrote and compares each sample with its input. */
  @ParameterizedTest
  @ValueSource(strings = {"SEGMENTS", "SINGLE_FILE"})
  void write_movie_canBePackagedAndProved(String layout) throws Exception {
    Path out = temp.resolve("out");

    Keymux.packager()
        .keys(TestKey::exchange)
        .run(
            PackagingJob.builder()
                .input(looped(VIDEO))
                .layout(Layout.valueOf(layout))
                .verify(VerifyLevel.FULL)
                .output(out)
                .build());

    assertThat(WorkFolder.bytes(out))
        .isGreaterThan(read(VIDEO).tracks().get(0).samples().totalBytes() * TIMES);
  }

  @Test
  void write_movie_isReadAlikeByFfprobe() throws Exception {
    Optional<Path> ffprobe = new ToolFinder(System.getenv(), null).find(Tool.FFPROBE);
    assumeTrue(ffprobe.isPresent(), "needs ffprobe");
    ToolCommand command =
        ToolCommand.of(ffprobe.get())
            .args("-v", "error", "-count_packets", "-of", "csv=p=0")
            .args("-show_entries", "stream=nb_frames,nb_read_packets:format=duration")
            .args(looped(VIDEO).toString());

    List<String> lines =
        new ToolRunner(Duration.ofSeconds(30)).run(command).output().lines().toList();

    MediaTrack track = read(VIDEO).tracks().get(0);
    int frames = TIMES * track.samples().count();
    double seconds =
        TIMES * track.samples().decodeTime(track.samples().count()) / (double) track.timescale();
    assertThat(lines.get(0)).isEqualTo(frames + "," + frames);
    assertThat(Double.parseDouble(lines.get(1))).isBetween(seconds - 0.1, seconds + 0.1);
  }

  @Test
  void write_fragmentedMovie_isATypedError() throws Exception {
    Path out = temp.resolve("out");
    Keymux.packager()
        .keys(TestKey::exchange)
        .run(
            PackagingJob.builder()
                .input(VIDEO)
                .layout(Layout.SINGLE_FILE)
                .verify(VerifyLevel.NONE)
                .output(out)
                .build());
    Path fragmented;
    try (Stream<Path> files = Files.walk(out)) {
      fragmented = files.filter(file -> file.toString().endsWith(".mp4")).findFirst().orElseThrow();
    }

    assertUnsupported(fragmented, "fragmented");
  }

  @Test
  void write_lastBoxWithoutASize_isATypedError() throws IOException {
    byte[] bytes = Arrays.copyOf(Files.readAllBytes(VIDEO), (int) Files.size(VIDEO) + 8);
    System.arraycopy("mdat".getBytes(StandardCharsets.ISO_8859_1), 0, bytes, bytes.length - 4, 4);

    assertUnsupported(
        Files.write(temp.resolve("open.mp4"), bytes), "byte offset " + (bytes.length - 8));
  }

  private void assertUnsupported(Path movie, String why) {
    assertThatThrownBy(() -> LoopedMovie.write(movie, TIMES, temp.resolve("x.mp4")))
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> {
              assertThat(e.code()).isEqualTo("loop-unsupported");
              assertThat(e.problem()).contains(why);
            });
  }

  private Path looped(Path movie) {
    Path target = temp.resolve("looped.mp4");
    LoopedMovie.write(movie, TIMES, target);
    return target;
  }

  private static Movie read(Path file) {
    try (FileSource source = FileSource.open(file)) {
      return MovieReader.read(source);
    }
  }

  private static byte[] mediaBytes(Path file, SampleTable samples) {
    byte[] media = new byte[(int) samples.totalBytes()];
    try (FileSource source = FileSource.open(file)) {
      int at = 0;
      for (int i = 0; i < samples.count(); i++) {
        source.read(samples.offset(i), media, at, samples.size(i));
        at += samples.size(i);
      }
    }
    return media;
  }
}
