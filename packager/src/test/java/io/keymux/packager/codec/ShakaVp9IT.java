package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.TrackType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Encodes VP9 with many options, encrypts with Shaka Packager in both schemes, and compares its
 * subsample maps and CODECS with ours.
 */
@Execution(ExecutionMode.CONCURRENT)
class ShakaVp9IT {
  private static final Pattern CODECS = Pattern.compile("codecs=\"([^\"]+)\"");

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/codec/vp9-encodes.txt", delimiter = '|')
  void parse_encodedStream_asShaka(
      String name, String size, int frames, boolean hidden, String options)
      throws IOException, InterruptedException {
    PeerTool ffmpeg = PeerTool.find("FFMPEG", "ffmpeg");
    PeerTool shaka = PeerTool.find("SHAKA_PACKAGER", "packager");
    if (hidden) { // frames that come from a first pass's knowledge of what follows
      ffmpeg.run(directory, encode(size, frames, options + " -pass 1 -f null"));
      ffmpeg.run(directory, encode(size, frames, options + " -pass 2"));
    } else {
      ffmpeg.run(directory, encode(size, frames, options));
    }
    for (String scheme : List.of("cenc", "cbcs")) {
      shaka.run(directory, encrypt(scheme));

      EncryptedFile file = new EncryptedFile(directory.resolve(scheme + ".mp4"));

      assertThat(file.samples).hasSize(frames);
      int ranges = SampleRangeComparison.assertSame(directory.resolve("clear.mp4"), file, true);
      assertThat(ranges).as("frames of " + name).isPositive();
      if (hidden) {
        assertThat(file.samples).anyMatch(sample -> sample.protectedRanges().size() > 1);
      }
      String mpd = Files.readString(directory.resolve("out.mpd"), StandardCharsets.UTF_8);
      Matcher codecs = CODECS.matcher(mpd);
      assertThat(codecs.find()).isTrue();
      assertThat(CodecReader.read(file.entry, TrackType.VIDEO).codecs()).isEqualTo(codecs.group(1));
    }
  }

  private static List<String> encode(String size, int frames, String options) {
    List<String> arguments = new ArrayList<>(List.of("-v", "error", "-f", "lavfi", "-i"));
    arguments.add("testsrc2=size=%s:rate=25,noise=alls=12:allf=t".formatted(size));
    arguments.addAll(List.of("-frames:v", Integer.toString(frames), "-c:v", "libvpx-vp9"));
    arguments.addAll(List.of(options.split(" ", -1)));
    arguments.add("clear.mp4");
    return arguments;
  }

  private static List<String> encrypt(String scheme) {
    return List.of(
        "in=clear.mp4,stream=video,output=%s.mp4,drm_label=ALL".formatted(scheme),
        "--enable_raw_key_encryption",
        "--keys",
        "label=ALL:key_id=31323334353637383930313233343536:key=32333435363738393021323334353637",
        "--protection_scheme",
        scheme,
        "--clear_lead",
        "0",
        "--mpd_output",
        "out.mpd");
  }
}
