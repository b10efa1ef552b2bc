package io.keymux.packager.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.keymux.cpix.KeyId;
import io.keymux.cpix.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Shaka Packager and Bento4 encrypted. */
class PeerMediaTest {
  private static final Path VECTORS =
      Path.of(System.getProperty("keymux.vectors", "../../shared/vectors")).resolve("packaging");

  /** How Bento4 lays out slices, and that it was given one IV for two tracks. */
  private static final Set<String> KNOWN_WARNINGS =
      Set.of(
          "iv-reused-across-tracks",
          "slice-header-encrypted",
          "parameters-encrypted",
          "codec-config-differs",
          "hls-no-iframes");

  static List<Path> agreed() throws IOException {
    return files().stream().filter(file -> !isCens(file)).toList();
  }

  static List<Path> cens() throws IOException {
    return files().stream().filter(PeerMediaTest::isCens).toList();
  }

  static List<Path> withSource() throws IOException {
    return agreed().stream().filter(file -> Files.exists(source(file))).toList();
  }

  private static List<Path> files() throws IOException {
    Stream.Builder<Path> files = Stream.builder();
    for (String folder : List.of("shaka-generated", "bento4-generated", "multi-key/cenc")) {
      if (Files.isDirectory(VECTORS.resolve(folder))) {
        try (Stream<Path> list = Files.list(VECTORS.resolve(folder))) {
          list.forEach(files::add);
        }
      }
    }
    List<Path> found = files.build().sorted().toList();
    assumeTrue(!found.isEmpty(), "third-party vectors are not here");
    return found;
  }

  private static boolean isCens(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT).contains("cens.");
  }

  @ParameterizedTest
  @MethodSource("agreed")
  void verify_rightKey_passesAndWrongKeyIsFoundOrDeclared(Path file) {
    VerificationReport right = verify(file, TestKeys.VECTORS, List.of());

    assertThat(right.passed()).as("%s", right.findings()).isTrue();
    assertThat(right.samplesDecrypted()).isPositive();
    assertThat(right.findings())
        .filteredOn(f -> f.severity() == Finding.Severity.WARNING)
        .extracting(Finding::code)
        .isSubsetOf(KNOWN_WARNINGS);

    VerificationReport wrong = verify(file, TestKeys.wrong(TestKeys.VECTORS), List.of());

    boolean found = codes(wrong).contains("decrypts-to-garbage");
    assertThat(found || codes(wrong).contains("key-unproven")).isTrue();
    if (!codes(right).contains("key-unproven")) {
      assertThat(found).as("%s", wrong.findings()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("withSource")
  void verify_withSource_provesTheKey(Path file) {
    Path source = source(file);

    VerificationReport right = verify(file, TestKeys.VECTORS, List.of(source));
    VerificationReport wrong = verify(file, TestKeys.wrong(TestKeys.VECTORS), List.of(source));

    assertThat(right.passed()).as("%s", right.findings()).isTrue();
    assertThat(right.samplesCompared()).isPositive().isEqualTo(right.samplesDecrypted());
    assertThat(codes(wrong)).contains("not-the-source");
    assertThat(codes(right)).doesNotContain("key-unproven");
  }

  @ParameterizedTest
  @MethodSource("cens")
  void verify_cens_saysThatReadersDisagree(Path file) {
    assertThat(codes(verify(file, TestKeys.VECTORS, List.of()))).contains("cens-ambiguous");
  }

  @Test
  void verify_otherSource_isNotTheSource() throws IOException {
    Path file = VECTORS.resolve("shaka-generated/cenc.ac3.audio.mp4");
    assumeTrue(files().contains(file));

    VerificationReport report =
        verify(file, TestKeys.VECTORS, List.of(VECTORS.resolve("clear-sources/flac.mp4")));

    assertThat(codes(report)).containsExactly("no-source-track");
  }

  @Test
  void verify_noKey_namesTheKeyId() throws IOException {
    Path file = VECTORS.resolve("shaka-generated/cbcs.hevc.video.mp4");
    assumeTrue(files().contains(file));

    VerificationReport report = verify(file, Map.of(), List.of());

    assertThat(report.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("no-key");
              assertThat(finding.message()).contains(KeyId.parse(TestKeys.GENERIC_KID).toString());
            });
    assertThat(report.samplesDecrypted()).isZero();
  }

  /** Made by others: one key line with an IV for the init segment and all segments. */
  @Test
  void verify_playlistOfAes128WithEncryptedInit_isReadWithItsKey() {
    Path playlist = VECTORS.resolve("hls-generated/aes128fmp4/m.m3u8");
    assumeTrue(Files.exists(playlist), "third-party vectors are not here");

    VerificationReport right = verify(playlist, TestKeys.VECTORS, List.of());
    assertThat(right.passed()).isTrue();
    assertThat(codes(right)).containsExactly("hls-map-iv-reused");
    assertThat(right.tracks()).isEqualTo(2);
    assertThat(right.samplesDecrypted()).isPositive();
    assertThat(codes(verify(playlist, TestKeys.wrong(TestKeys.VECTORS), List.of())))
        .containsExactly("aes-padding", "hls-map-iv-reused");
    assertThat(codes(verify(playlist, Map.of(), List.of())))
        .containsExactly("no-key", "hls-map-iv-reused");
  }

  private static Path source(Path file) {
    String[] parts = file.getFileName().toString().split("\\.", -1);
    if (!parts[parts.length - 1].equals("mp4") || parts.length < 3) {
      return VECTORS.resolve("none");
    }
    String codec = parts[0].equals("b4") ? parts[2] : parts[1];
    return VECTORS.resolve("clear-sources/" + codec + ".mp4");
  }

  private static List<String> codes(VerificationReport report) {
    return report.findings().stream().map(Finding::code).toList();
  }

  private static VerificationReport verify(
      Path file, Map<KeyId, SecretBytes> keys, List<Path> sources) {
    return PresentationVerifier.verify(new VerifyRequest(file, keys, sources));
  }
}
