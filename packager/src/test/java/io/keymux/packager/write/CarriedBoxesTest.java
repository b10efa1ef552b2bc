package io.keymux.packager.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.keymux.cpix.ContentKey;
import io.keymux.cpix.CpixDocument;
import io.keymux.cpix.KeyExchange;
import io.keymux.cpix.ProtectionScheme;
import io.keymux.cpix.SecretBytes;
import io.keymux.packager.Keymux;
import io.keymux.packager.job.PackagingJob;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What decoders and displays read of a sample entry is in the protected one, byte for byte. */
class CarriedBoxesTest {
  private static final Path VIDEO =
      Path.of(System.getProperty("keymux.root", ".."))
          .resolve("test-vectors/vectors/sample-ladder/video-360p.mp4");

  /** Of the same size as the {@code btrt} in whose place it is put. */
  private static final String COLR = "\0\0\0\u0014colrnclx\0\u0009\0\u0010\0\u0009\0\0";

  private static final KeyExchange KEYS =
      request ->
          CpixDocument.ofKeys(
              request.contentId(),
              request.keyIds().stream()
                  .map(
                      id ->
                          new ContentKey(
                              id, SecretBytes.copyOf(id.toBytes()), request.scheme(), null))
                  .toList(),
              request.rules());

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

    Keymux.packager()
        .keys(KEYS)
        .run(
            PackagingJob.builder()
                .input(input)
                .scheme(scheme)
                .output(folder.resolve("out"))
                .build());

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
}
