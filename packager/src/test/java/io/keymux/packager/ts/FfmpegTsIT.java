package io.keymux.packager.ts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FFmpeg plays what was written as a playlist, decrypts it, and finds the frames of the input. */
class FfmpegTsIT {
  private static final String FRAMES =
      "ffmpeg -v warning -nostdin %s -i %s -map 0:%s:0 -c copy %s" + " -f framehash -hash md5 -";

  @TempDir Path folder;

  @BeforeAll
  static void needsFfmpeg() throws IOException {
    boolean present = run("ffmpeg -version", true).contains("ffmpeg version");
    if (!present && "true".equals(System.getenv("CI"))) {
      throw new AssertionError("ffmpeg must be installed in CI");
    }
    Assumptions.assumeTrue(present, "ffmpeg is not installed");
  }

  /**
   * With SAMPLE-AES, FFmpeg 5.1 hands out the last packet without decrypting it, for any packager's
   * output; it unescapes slices so short that they are clear, which pictures of many slices have;
   * and it decrypts packed AAC, but not packed AC-3 or E-AC-3.
   */
  @ParameterizedTest
  @CsvSource({
    "h264_aac, v, apart, NONE, 0",
    "h264_aac, v, apart, AES_128, 0",
    "h264_aac, v, apart, SAMPLE_AES, 1",
    "h264_aac, a, apart, NONE, 0",
    "h264_aac, a, apart, AES_128, 0",
    "h264_aac, a, apart, SAMPLE_AES, 0",
    "h264_aac, v, together, NONE, 0",
    "h264_aac, a, together, NONE, 0",
    "h264_aac, v, together, SAMPLE_AES, 1",
    "h264_aac, a, together, SAMPLE_AES, 0",
    "h264_aac, a, packed, NONE, 0",
    "h264_aac, a, packed, AES_128, 0",
    "h264_aac, a, packed, SAMPLE_AES, 0",
    "h264_4slice, v, apart, AES_128, 0",
    "h264_45slices, v, apart, AES_128, 0",
    "hd, v, apart, NONE, 0",
    "hd, v, apart, AES_128, 0",
    "hd, v, apart, SAMPLE_AES, 1",
    "hevc, v, apart, NONE, 0",
    "hevc, v, apart, AES_128, 0",
    "ac3, a, apart, NONE, 0",
    "ac3, a, apart, SAMPLE_AES, 1",
    "ac3, a, packed, AES_128, 0",
    "eac3, a, apart, NONE, 0",
    "eac3, a, apart, SAMPLE_AES, 1",
  })
  void playlist_inFfmpeg_hasTheFramesOfTheInput(
      String name, String stream, String form, String method, int undecrypted) throws Exception {
    Path input = vector(name);
    boolean video = stream.equals("v");

    PackedTs.Result result =
        PackedTs.pack(
            folder,
            2,
            plans -> {
              List<TsRendition> clear =
                  switch (form) {
                    case "together" -> PackedTs.together(plans);
                    case "packed" -> PackedTs.packed(plans.subList(plans.size() - 1, plans.size()));
                    default ->
                        PackedTs.apart(plans.subList(video ? 0 : plans.size() - 1, plans.size()));
                  };
              return method.equals("NONE")
                  ? clear
                  : PackedTs.encrypted(clear, SegmentProtection.Method.valueOf(method));
            },
            input);

    String sets = name.equals("hevc") ? "32-35" : "7-9";
    String annexB = name.equals("hevc") ? "hevc_mp4toannexb" : "h264_mp4toannexb";
    String sourceFilter = video ? "-bsf:v " + annexB + ",filter_units=remove_types=" + sets : "";
    String filter =
        video
            ? "-bsf:v filter_units=remove_types=" + sets
            : name.equals("h264_aac") ? "-bsf:a aac_adtstoasc" : "";
    List<String> expected = frames(input, stream, sourceFilter);
    List<String> found = frames(playlist(result.outputs().get(0), method), stream, filter);
    int compared = expected.size() - undecrypted;

    assertThat(found).hasSameSizeAs(expected).hasSizeGreaterThan(20);
    assertThat(found.subList(0, compared)).isEqualTo(expected.subList(0, compared));
  }

  /** Concatenated segments are one stream: FFmpeg warns of any counter or time that jumps. */
  @ParameterizedTest
  @CsvSource({"h264_aac", "hd", "hevc", "ac3", "eac3"})
  void segments_concatenated_decodeWithoutAWarning(String name) throws Exception {
    PackedTs.Result result = PackedTs.pack(folder, 2, PackedTs::together, vector(name));
    Path all = folder.resolve("all.ts");
    for (var segment : result.outputs().get(0).segments()) {
      Files.write(
          all,
          Files.readAllBytes(folder.resolve(segment.path())),
          java.nio.file.StandardOpenOption.CREATE,
          java.nio.file.StandardOpenOption.APPEND);
    }

    assertThat(run("ffmpeg -v warning -nostdin -i " + all + " -f null -", false)).isEmpty();
  }

  private Path playlist(TsOutput output, String method) throws IOException {
    Files.write(folder.resolve("key.bin"), HexFormat.of().parseHex(PackedTs.KEY));
    StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:5\n#EXT-X-TARGETDURATION:3\n");
    if (!method.equals("NONE")) {
      text.append(
          "#EXT-X-KEY:METHOD=%s,URI=\"key.bin\",IV=0x%s\n"
              .formatted(method.replace('_', '-'), PackedTs.IV));
    }
    for (var segment : output.segments()) {
      double seconds = (double) segment.duration() / output.timescale();
      text.append(String.format(Locale.ROOT, "#EXTINF:%.5f,\n%s\n", seconds, segment.path()));
    }
    return Files.writeString(folder.resolve("media.m3u8"), text.append("#EXT-X-ENDLIST\n"));
  }

  /** Hashes of the frames' bytes. */
  private static List<String> frames(Path file, String stream, String filter) throws IOException {
    boolean playlist = file.toString().endsWith(".m3u8");
    List<String> hashes = new ArrayList<>();
    for (String line :
        run(
                FRAMES.formatted(playlist ? "-allowed_extensions ALL" : "", file, stream, filter),
                false)
            .lines()
            .toList()) {
      if (!line.startsWith("#")) {
        String[] fields = line.split(",\\s*", -1);
        assertThat(fields).as(line).hasSizeGreaterThan(5);
        hashes.add(fields[5]);
      }
    }
    return hashes;
  }

  private static String run(String command, boolean mayFail) throws IOException {
    try {
      Process process =
          new ProcessBuilder(List.of(command.trim().split("\\s+")))
              .redirectErrorStream(true)
              .start();
      process.getOutputStream().close();
      try (InputStream output = process.getInputStream()) {
        String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, text).isZero();
        return text;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (IOException e) {
      if (mayFail) {
        return "";
      }
      throw e;
    }
  }

  private static Path vector(String name) {
    Path file =
        Path.of(System.getProperty("keymux.vectors", "absent"))
            .resolve("packaging/clear-sources/" + name + ".mp4");
    Assumptions.assumeTrue(Files.isRegularFile(file), file + " is not there");
    return file;
  }
}
