package io.keymux.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecryptCommandTest {
  private static final String CLEAR =
      Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder")
          .resolve("video-360p.mp4")
          .toString();
  private static final String KID = "31323334353637383930313233343536";
  private static final String KEY = "3233343536373839302132333435363f";

  @TempDir Path temp;
  private final RecordedConsole console = new RecordedConsole();

  /** By a typed key, by a file, and by the keys that were issued from the seed. */
  @Test
  void decrypt_ownOutput_isTheInput() throws Exception {
    String asset = temp + "/asset";
    assertOk("package", CLEAR, "-o", asset, "--key", KID + ":" + KEY);
    assertOk("decrypt", asset, "-o", temp + "/typed", "--key", KID + ":" + KEY);
    assertThat(console.out.toString()).contains("all of it clear", "clear\n");
    assertClear("typed");
    Path keys = Files.writeString(temp.resolve("keys.txt"), KID + ":" + KEY);
    assertOk("decrypt", asset + "/master.m3u8", "-o", temp + "/file", "--source-keys", "" + keys);
    assertClear("file");

    String seeded = temp + "/seeded";
    assertOk("package", CLEAR, "-o", seeded);
    assertOk("decrypt", seeded, "-o", temp + "/issued", "--json");
    assertThat(console.out.toString()).contains("\"scheme\":null", "\"systems\":[]");
    assertClear("issued");
  }

  @Test
  void package_ownOutputWithTypedSourceKey_othersKeyDecryptsToTheInput() {
    String asset = temp + "/asset";
    assertOk("package", CLEAR, "-o", asset, "--key", KID + ":" + KEY);
    String source = KID + ":" + KEY;
    assertOk("package", asset, "-o", temp + "/anew", "--source-key", source, "--scheme", "cbcs");
    assertOk("verify", temp + "/anew", "--source", CLEAR);
    assertThat(console.out.toString()).doesNotContain(" 0 of them equal");
  }

  @Test
  void decrypt_withoutKeyOrWithNotes_refused() {
    String asset = temp + "/asset";
    assertOk("package", CLEAR, "-o", asset, "--key", KID + ":" + KEY);
    console.forget();
    assertThat(run("decrypt", asset, "-o", temp + "/no", "--key", KEY + ":" + KEY)).isEqualTo(3);
    assertThat(console.err.toString()).contains("source-key-missing").doesNotContain(KEY);
    assertThat(temp.resolve("no")).doesNotExist();
    console.forget();
    assertThat(run("decrypt", asset + ",language=de", "-o", temp + "/no")).isEqualTo(2);
    assertThat(console.err.toString()).contains("takes no notes");
    console.forget();
    assertThat(run("package", CLEAR, "-o", temp + "/no", "--source-key", KEY)).isEqualTo(2);
    assertThat(console.err.toString()).contains("Key 1 is not KID:KEY").doesNotContain(KEY);
    assertThat(run("package", CLEAR, "-o", temp + "/no", "--clear-lead", "Infinity")).isEqualTo(2);
  }

  private void assertClear(String output) throws Exception {
    assertOk("verify", temp + "/" + output, "--source", CLEAR);
    try (Stream<Path> files = Files.walk(temp.resolve(output))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContain("pssh", "tenc", "#EXT-X-KEY", "ContentProtection");
      }
    }
  }

  private void assertOk(String... arguments) {
    console.forget();
    assertThat(run(arguments)).as(console.err.toString()).isZero();
  }

  private int run(String... arguments) {
    return console.run(Map.of("KEYMUX_DATA", temp + "/data"), arguments);
  }
}
