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
 * Encodes with many options, encrypts with Shaka Packager, and compares its subsample maps and
 * CODECS with ours. The fades call for weighted prediction, the noise for long slices.
 */
@Execution(ExecutionMode.CONCURRENT)
class ShakaSliceHeaderIT {
  private static final Pattern CODECS = Pattern.compile("codecs=\"([^\"]+)\"");

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/codec/encodes.txt", delimiter = '|')
  void clearBytes_encodedStream_asShaka(String name, String size, int seconds, String options)
      throws IOException, InterruptedException {
    PeerTool ffmpeg = PeerTool.find("FFMPEG", "ffmpeg");
    PeerTool shaka = PeerTool.find("SHAKA_PACKAGER", "packager");
    ffmpeg.run(directory, encode(size, seconds, options));
    shaka.run(directory, encrypt());

    EncryptedFile file = new EncryptedFile(directory.resolve("encrypted.mp4"));

    assertThat(SliceHeaderComparison.assertSame(file))
        .as("slices of " + name)
        .isGreaterThanOrEqualTo(seconds * 25);
    String mpd = Files.readString(directory.resolve("out.mpd"), StandardCharsets.UTF_8);
    Matcher codecs = CODECS.matcher(mpd);
    assertThat(codecs.find()).isTrue();
    assertThat(CodecReader.read(file.entry, TrackType.VIDEO).codecs())
        .isEqualToIgnoringCase(codecs.group(1));
  }

  private static List<String> encode(String size, int seconds, String options) {
    List<String> arguments = new ArrayList<>(List.of("-v", "error", "-f", "lavfi", "-i"));
    arguments.add(
        "testsrc2=size=%s:rate=25:duration=%d,fade=in:0:20,fade=out:30:20,noise=alls=12:allf=t"
            .formatted(size, seconds));
    arguments.addAll(List.of(options.split(" ", -1)));
    arguments.add("clear.mp4");
    return arguments;
  }

  private static List<String> encrypt() {
    return List.of(
        "in=clear.mp4,stream=video,output=encrypted.mp4,drm_label=ALL",
        "--enable_raw_key_encryption",
        "--keys",
        "label=ALL:key_id=31323334353637383930313233343536:key=32333435363738393021323334353637",
        "--protection_scheme",
        "cbcs",
        "--clear_lead",
        "0",
        "--mpd_output",
        "out.mpd");
  }
}
