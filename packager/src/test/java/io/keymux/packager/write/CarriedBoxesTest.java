package io.keymux.packager.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.box.FourCc;
import io.keymux.packager.JobResult;
import io.keymux.packager.Keymux;
import io.keymux.packager.SampleJob;
import io.keymux.packager.input.JoinedSource;
import io.keymux.packager.input.SegmentPattern;
import io.keymux.packager.isobmff.MediaTrack;
import io.keymux.packager.isobmff.MovieReader;
import io.keymux.packager.isobmff.SampleGroup;
import io.keymux.packager.job.PackagingJob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What decoders and displays read besides samples is in the output as in the input. */
class CarriedBoxesTest {
  private static final Path LADDER =
      Path.of(System.getProperty("keymux.root", ".."))
          .resolve("test-vectors/vectors/sample-ladder");

  private static final Path VIDEO = LADDER.resolve("video-360p.mp4");
  private static final Path AUDIO = LADDER.resolve("audio-stereo.mp4");

  /** Of the same size as the {@code btrt} in whose place it is put. */
  private static final String COLR = "\0\0\0\u0014colrnclx\0\u0009\0\u0010\0\u0009\0\0";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"CENC, false", "CBCS, false", "CENC, true"})
  void package_boxesOfSampleEntry_areCarried(ProtectionScheme scheme, boolean colour)
      throws Exception {
    String movie = Files.readString(VIDEO, StandardCharsets.ISO_8859_1);
    int btrt = movie.indexOf("btrt") - 4;
    int pasp = movie.indexOf("pasp") - 4;
    if (colour) {
      movie = movie.substring(0, btrt) + COLR + movie.substring(btrt + COLR.length());
    }
    Path input = folder.resolve("in.mp4");
    Files.writeString(input, movie, StandardCharsets.ISO_8859_1);

    run(input, scheme);

    Path init = folder.resolve("out/video-360p/init.mp4");
    assertThat(Files.readString(init, StandardCharsets.ISO_8859_1))
        .contains("encv")
        .contains(movie.substring(pasp, pasp + 16))
        .contains(movie.substring(btrt, btrt + 20))
        .contains(colour ? "colrnclx" : "btrt");
    assertThat(Files.readString(folder.resolve("out/master.m3u8")))
        .as("PQ, as the box says")
        .matches(text -> text.contains("VIDEO-RANGE=PQ") == colour);
  }

  @ParameterizedTest
  @CsvSource({"100", "470"})
  void package_sampleGroups_areCarried(int samples) throws Exception {
    String movie = Files.readString(AUDIO, StandardCharsets.ISO_8859_1);
    int run = movie.indexOf("sbgp") + "sbgp____roll____".length();
    String count = new String(new char[] {0, 0, (char) (samples >> 8), (char) (samples & 0xff)});
    Path input = folder.resolve("in.mp4");
    Files.writeString(
        input,
        movie.substring(0, run) + count + movie.substring(run + 4),
        StandardCharsets.ISO_8859_1);

    run(input, ProtectionScheme.CBCS);

    List<Path> files = new ArrayList<>(List.of(folder.resolve("out/audio-2ch/init.mp4")));
    files.addAll(SegmentPattern.files(folder.resolve("out/audio-2ch/seg-*.m4s")));
    try (JoinedSource written = JoinedSource.open(files)) {
      MediaTrack track = MovieReader.read(written).tracks().get(0);
      SampleGroup group = track.groups().get(0);
      assertThat(track.groups()).hasSize(1);
      assertThat(track.samples().count()).isEqualTo(470);
      assertThat(FourCc.name(group.type())).isEqualTo("roll");
      assertThat(group.descriptions()).containsExactly(Bytes.ofHex("ffff"));
      assertThat(group.runs(0, 470)).containsExactly(new SampleGroup.Run(samples, 1));
    }
  }

  @Test
  void package_turnedPicture_matrixCarriedAndSaid() throws Exception {
    String movie = Files.readString(VIDEO, StandardCharsets.ISO_8859_1);
    int matrix = movie.indexOf("tkhd") + "tkhd".length() + 40;
    String turned =
        "\0\0\0\0\0\1\0\0\0\0\0\0\u00ff\u00ff\0\0\0\0\0\0\0\0\0\0\1h\0\0\0\0\0\0@\0\0\0";
    Path input = folder.resolve("in.mp4");
    Files.writeString(
        input,
        movie.substring(0, matrix) + turned + movie.substring(matrix + turned.length()),
        StandardCharsets.ISO_8859_1);

    JobResult result = run(input, ProtectionScheme.CENC);

    Path init = folder.resolve("out/video-360p/init.mp4");
    assertThat(Files.readString(init, StandardCharsets.ISO_8859_1)).contains(turned);
    assertThat(result.notes())
        .anySatisfy(note -> assertThat(note).contains("turned by its matrix"));
  }

  private JobResult run(Path input, ProtectionScheme scheme) throws InterruptedException {
    return Keymux.packager()
        .keys(SampleJob.KEYS)
        .run(
            PackagingJob.builder()
                .input(input)
                .scheme(scheme)
                .output(folder.resolve("out"))
                .build());
  }
}
