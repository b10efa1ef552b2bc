package io.keymux.packager.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.ProtectionScheme;
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
 * Encodes AV1 with many options, encrypts with Shaka Packager, and compares its subsamples with
 * ours. The zoom calls for global motion, the cuts for key frames, the noise for long tiles.
 */
@Execution(ExecutionMode.CONCURRENT)
class ShakaAv1IT {
  private static final Pattern CODECS = Pattern.compile("codecs=\"([^\"]+)\"");

  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "/codec/av1-encodes.txt", delimiter = '|')
  void subsamples_encodedStream_asShaka(
      String name, String encoder, String size, String format, int frames, String options)
      throws IOException, InterruptedException {
    encode(encoder, size, format, frames, options);

    // In cenc the same ranges are cut to whole blocks, which a few streams prove.
    boolean both = name.contains("tile") || name.contains("default");
    for (ProtectionScheme scheme :
        both
            ? List.of(ProtectionScheme.CENC, ProtectionScheme.CBCS)
            : List.of(ProtectionScheme.CBCS)) {
      PeerTool.find("SHAKA_PACKAGER", "packager").run(directory, encrypt(scheme));
      EncryptedFile file = new EncryptedFile(directory.resolve("encrypted.mp4"));

      assertThat(file.samples).hasSize(frames);
      assertThat(Av1Comparison.assertSame(file, scheme)).isPositive();
      String mpd = Files.readString(directory.resolve("out.mpd"), StandardCharsets.UTF_8);
      Matcher codecs = CODECS.matcher(mpd);
      assertThat(codecs.find()).isTrue();
      // Shaka Packager leaves the colour out.
      String ours = CodecReader.read(file.entry, TrackType.VIDEO).codecs();
      assertThat(codecs.group(1) + ".").startsWith(ours.substring(0, 13) + ".");
    }
  }

  private void encode(String encoder, String size, String format, int frames, String options)
      throws IOException, InterruptedException {
    PeerTool ffmpeg = PeerTool.find("FFMPEG", "ffmpeg");
    List<String> source =
        List.of(
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "mandelbrot=size=%s:rate=25:start_scale=2:end_scale=0.5:end_pts=%d,noise=alls=4:allf=t"
                    .formatted(size, frames)
                + ",format="
                + format,
            "-frames:v",
            Integer.toString(frames),
            "-strict",
            "-1");
    List<String> arguments = new ArrayList<>(source);
    if (!encoder.equals("aomenc")) {
      arguments.addAll(List.of("-c:v", encoder));
      arguments.addAll(List.of(options.split(" ", -1)));
      arguments.add("clear.mp4");
      ffmpeg.run(directory, arguments);
      return;
    }
    arguments.add("clear.y4m");
    ffmpeg.run(directory, arguments);
    List<String> aomenc = new ArrayList<>(List.of("--ivf", "-o", "clear.ivf"));
    aomenc.addAll(List.of(options.split(" ", -1)));
    aomenc.add("clear.y4m");
    PeerTool.find("AOMENC", "aomenc").run(directory, aomenc);
    ffmpeg.run(directory, List.of("-v", "error", "-i", "clear.ivf", "-c", "copy", "clear.mp4"));
  }

  private static List<String> encrypt(ProtectionScheme scheme) {
    return List.of(
        "in=clear.mp4,stream=video,output=encrypted.mp4,drm_label=ALL",
        "--enable_raw_key_encryption",
        "--keys",
        "label=ALL:key_id=31323334353637383930313233343536:key=32333435363738393021323334353637",
        "--protection_scheme",
        scheme.fourCc(),
        "--clear_lead",
        "0",
        "--mpd_output",
        "out.mpd");
  }
}
