package io.keymux.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResignCommandTest {
  private static final Path LADDER =
      Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder");
  private static final String CLEAR = LADDER.resolve("video-360p.mp4").toString();
  private static final String AUDIO = LADDER.resolve("audio-stereo.mp4").toString();
  private static final String LICENSE = "https://licence.example/wv?a=1&b=2";

  @TempDir Path temp;
  private final RecordedConsole console = new RecordedConsole();

  /** Content id and rule are those of the report, so the seed gives the same keys again. */
  @Test
  void resign_ownAsset_newSystemsAndUrlsSameMedia() throws Exception {
    assertOk("package", CLEAR, AUDIO, "-o", temp + "/asset", "--preset", "per-type");
    assertOk(
        "resign",
        temp + "/asset",
        "-o",
        temp + "/anew",
        "--drm",
        "widevine,clearkey",
        "--license-url",
        "widevine=" + LICENSE,
        "--widevine-provider",
        "acme",
        "--key-uri",
        "https://keys.example/{kid}");
    assertThat(console.out.toString()).contains("Signalled 2 keys anew for widevine, clearkey");
    String mpd = Files.readString(temp.resolve("anew/manifest.mpd"));
    assertThat(mpd).contains(LICENSE.replace("&", "&amp;")).doesNotContain("mspr:pro");
    assertThat(
            Files.readString(temp.resolve("anew/video-360p/init.mp4"), StandardCharsets.ISO_8859_1))
        .contains("acme");
    assertThat(
            Files.mismatch(
                temp.resolve("asset/video-360p/seg-1.m4s"),
                temp.resolve("anew/video-360p/seg-1.m4s")))
        .isEqualTo(-1);
    assertOk("verify", temp + "/anew", "--source", CLEAR, "--source", AUDIO);
    assertThat(console.out.toString()).doesNotContain(" 0 of them equal");
    assertOk("resign", temp + "/anew", "-o", temp + "/json", "--json", "--verify", "structure");
    assertThat(console.out.toString()).contains("\"samplesDecrypted\":0", "\"contentId\":");
  }

  @Test
  void resign_otherSeed_refusedNamingTheKid() {
    assertOk("package", CLEAR, "-o", temp + "/asset");
    console.forget();
    int code =
        console.run(
            Map.of("KEYMUX_DATA", temp + "/other"), "resign", temp + "/asset", "-o", temp + "/no");
    assertThat(code).isEqualTo(4);
    assertThat(console.err.toString()).contains("asset-key-missing");
    assertThat(temp.resolve("no")).doesNotExist();
    console.forget();
    assertThat(
            run("resign", temp + "/asset", "-o", temp + "/no", "--license-url", "widevine:t0ken"))
        .isEqualTo(2);
    assertThat(console.err.toString()).contains("is not SYSTEM=URL").doesNotContain("t0ken");
  }

  private void assertOk(String... arguments) {
    console.forget();
    assertThat(run(arguments)).as(console.err.toString()).isZero();
  }

  private int run(String... arguments) {
    return console.run(Map.of("KEYMUX_DATA", temp + "/data"), arguments);
  }
}
