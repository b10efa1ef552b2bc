package io.keymux.packager.verify.ts;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.Bytes;
import io.keymux.cpix.ContentKey;
import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.input.FileSource;
import io.keymux.packager.input.MediaSource;
import io.keymux.packager.isobmff.MovieReader;
import io.keymux.packager.isobmff.SampleTable;
import io.keymux.packager.ts.HlsSegmentKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What another packager encrypted, the reader that judges our own output decrypts. */
class BentoSampleAesIT {
  private static final String KEY = "32333435363738393021323334353637";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"hd", "h264_4slice", "h264_45slices"})
  void nal_encryptedByBento4_isThatOfTheInput(String name) throws Exception {
    Path input =
        Path.of(System.getProperty("keymux.vectors", "absent"))
            .resolve("packaging/clear-sources/" + name + ".mp4");
    Assumptions.assumeTrue(Files.isRegularFile(input), input + " is not there");

    List<String> expected = slices(input);
    List<String> found = new ArrayList<>();
    int segment = 0;
    for (Path file : encrypted(input)) {
      // Bento4 counts media sequence numbers from 0 and uses them as IVs.
      SampleAesDecryptor decryptor =
          new SampleAesDecryptor(
              new HlsSegmentKey(key(), Bytes.ofHex("%032x".formatted(segment++))));
      TsReader reader =
          new TsReader(
              (code, place, text) -> {},
              (stream, pes) ->
                  ByteStream.nalUnits(pes.data().toArray()).stream()
                      .filter(BentoSampleAesIT::isSlice)
                      .forEach(nal -> found.add(Bytes.copyOf(decryptor.nal(nal)).toHex())));
      byte[] data = Files.readAllBytes(file);
      reader.begin(file.toString(), false);
      reader.read(data, 0, data.length);
      reader.end();
    }

    assertThat(found.size()).isEqualTo(expected.size()).isGreaterThan(20);
    for (int i = 0; i < found.size(); i++) {
      assertThat(found.get(i)).as("slice %d", i).isEqualTo(expected.get(i));
    }
  }

  private List<Path> encrypted(Path input) throws Exception {
    String home = System.getenv("BENTO4_HOME");
    Assumptions.assumeTrue(home != null, "BENTO4_HOME is not set");
    Process process =
        new ProcessBuilder(
                home + "/bin/mp42hls",
                "--segment-duration",
                "2",
                "--encryption-mode",
                "SAMPLE-AES",
                "--encryption-key",
                KEY,
                "--encryption-iv-mode",
                "sequence",
                "--encryption-key-uri",
                "key.bin",
                input.toAbsolutePath().toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    List<Path> segments = new ArrayList<>();
    for (int i = 0; Files.exists(folder.resolve("segment-" + i + ".ts")); i++) {
      segments.add(folder.resolve("segment-" + i + ".ts"));
    }
    return segments;
  }

  private static List<String> slices(Path input) throws Exception {
    List<String> slices = new ArrayList<>();
    try (MediaSource source = FileSource.open(input)) {
      SampleTable samples = MovieReader.read(source).tracks().get(0).samples();
      for (int i = 0; i < samples.count(); i++) {
        byte[] sample = new byte[samples.size(i)];
        source.read(samples.offset(i), sample, 0, sample.length);
        ByteBuffer in = ByteBuffer.wrap(sample);
        while (in.hasRemaining()) {
          byte[] nal = new byte[in.getInt()];
          in.get(nal);
          if (isSlice(nal)) {
            slices.add(HexFormat.of().formatHex(nal));
          }
        }
      }
    }
    return slices;
  }

  private static boolean isSlice(byte[] nal) {
    int type = nal[0] & 0x1f;
    return type == 1 || type == 5;
  }

  private static ContentKey key() {
    return new ContentKey(
        KeyId.parse("31323334-3536-3738-3930-313233343536"),
        SecretBytes.copyOf(HexFormat.of().parseHex(KEY)),
        null,
        null);
  }
}
