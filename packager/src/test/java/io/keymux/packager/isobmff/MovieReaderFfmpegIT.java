package io.keymux.packager.isobmff;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.packager.input.FileSource;
import io.keymux.packager.isobmff.Ffmpeg.Packet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What we read from ffmpeg's files against what {@code ffprobe} reads: every sample, every field.
 */
class MovieReaderFfmpegIT {
  private static final List<String> LAYOUTS =
      List.of(
          "faststart",
          "negative_cts_offsets",
          "frag_keyframe",
          "frag_keyframe+empty_moov",
          "frag_keyframe+empty_moov+default_base_moof",
          "frag_keyframe+empty_moov+negative_cts_offsets",
          "frag_keyframe+delay_moov",
          "frag_every_frame+empty_moov+separate_moof",
          "frag_keyframe+omit_tfhd_offset+empty_moov",
          "dash+global_sidx+frag_keyframe",
          "cmaf+frag_keyframe");
  private static final List<String> VECTOR_LAYOUTS =
      List.of(
          "faststart",
          "frag_keyframe+empty_moov+default_base_moof+delay_moov",
          "cmaf+frag_keyframe+delay_moov");

  @TempDir static Path dir;

  private static Path made = Path.of("");

  @BeforeAll
  static void makeSource() throws IOException {
    Ffmpeg.require();
    made = dir.resolve("made.mp4");
    Ffmpeg.make(
        made,
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=160x90:rate=25:duration=3",
        "-f",
        "lavfi",
        "-i",
        "sine=duration=3",
        "-c:v",
        "libx264",
        "-bf",
        "3",
        "-g",
        "25",
        "-c:a",
        "aac",
        "-metadata:s:a:0",
        "language=fre");
  }

  static Stream<Arguments> cases() throws IOException {
    Stream<Arguments> all = LAYOUTS.stream().map(layout -> Arguments.of(made, layout));
    Stream<Arguments> some =
        vectors().stream()
            .flatMap(source -> VECTOR_LAYOUTS.stream().map(layout -> Arguments.of(source, layout)));
    return Stream.concat(all, some);
  }

  static List<Path> vectors() throws IOException {
    Path vectors = Path.of(System.getProperty("keymux.vectors"), "packaging", "clear-sources");
    if (!Files.isDirectory(vectors)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(vectors)) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void read_ffmpegLayout_samplesAsFfprobeSays(Path original, String layout) throws IOException {
    Path file = dir.resolve("case.mp4");
    Ffmpeg.make(
        file, "-i", original.toString(), "-c", "copy", "-strict", "-2", "-movflags", layout);
    compare(file, !layout.equals("faststart") && !layout.equals("negative_cts_offsets"));
  }

  @Test
  void read_clearSources_samplesAsFfprobeSays() throws IOException {
    List<Path> sources = vectors();
    Assumptions.assumeFalse(sources.isEmpty(), "the clear sources are not here");
    for (Path source : sources) {
      compare(source, false);
    }
  }

  @Test
  void read_quickTimeMovie_isoSampleEntryAndLanguage() throws IOException {
    Path file = dir.resolve("case.mov");
    Ffmpeg.make(file, "-i", made.toString(), "-c", "copy", "-metadata:s:a:0", "language=fra");
    compare(file, false);
    try (FileSource mp4 = FileSource.open(made);
        FileSource mov = FileSource.open(file)) {
      MediaTrack expected = MovieReader.read(mp4).tracks().get(1);
      MediaTrack actual = MovieReader.read(mov).tracks().get(1);
      assertThat(actual.language()).isEqualTo(expected.language()).isEqualTo("fr");
      assertThat(actual.entry().childrenOffset()).isEqualTo(36);
      assertThat(actual.entry().channels()).isEqualTo(1);
      assertThat(actual.entry().sampleRate()).isEqualTo(44100);
      assertThat(actual.entry().child("esds")).isPresent();
    }
  }

  @Test
  void read_chaptersAndTimeCode_leftOutWithAReason() throws IOException {
    Path chapters = dir.resolve("chapters.txt");
    Files.writeString(
        chapters, ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=1\ntitle=One\n");
    Path file = dir.resolve("case.mov");
    Ffmpeg.make(
        file,
        "-i",
        made.toString(),
        "-i",
        chapters.toString(),
        "-map_metadata",
        "1",
        "-c",
        "copy",
        "-timecode",
        "01:00:00:00");
    try (FileSource source = FileSource.open(file)) {
      Movie movie = MovieReader.read(source);
      assertThat(movie.tracks()).hasSize(2);
      assertThat(movie.ignored())
          .containsExactlyInAnyOrder(
              "Track 3 is left out: it holds chapters.",
              "Track 4 is left out: its handler tmcd is neither video, audio nor text.");
    }
  }

  private static void compare(Path file, boolean fragmented) throws IOException {
    List<List<Packet>> streams = List.copyOf(Ffmpeg.packets(file).values());
    try (FileSource source = FileSource.open(file)) {
      Movie movie = MovieReader.read(source);
      assertThat(movie.ignored()).isEmpty();
      assertThat(movie.tracks()).hasSameSizeAs(streams);
      for (int i = 0; i < streams.size(); i++) {
        SampleTable samples = movie.tracks().get(i).samples();
        assertThat(movie.tracks().get(i).edit().duration()).isZero();
        assertThat(packets(samples, fragmented))
            .as("%s, track %d", file, i + 1)
            .isEqualTo(streams.get(i));
      }
    }
  }

  /**
   * {@code ffprobe} never shows a packet that is presented before it decodes: it moves decoding
   * earlier, and in fragments presentation later.
   */
  private static List<Packet> packets(SampleTable samples, boolean fragmented) {
    int shift = 0;
    for (int i = 0; i < samples.count(); i++) {
      shift = Math.max(shift, -samples.compositionOffset(i));
    }
    List<Packet> packets = new ArrayList<>();
    for (int i = 0; i < samples.count(); i++) {
      packets.add(
          new Packet(
              samples.presentationTime(i) + (fragmented ? shift : 0),
              samples.decodeTime(i) - (fragmented ? 0 : shift),
              samples.size(i),
              samples.offset(i),
              samples.isSync(i)));
    }
    return packets;
  }
}
