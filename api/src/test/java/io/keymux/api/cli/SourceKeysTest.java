package io.keymux.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceKeysTest {
  private static final Path LADDER =
      Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder");
  private static final String KID = "31323334353637383930313233343536";
  private static final String KEY = "3233343536373839302132333435363f";

  @TempDir Path temp;
  private final RecordedConsole console = new RecordedConsole();

  @Test
  void package_itsOwnOutputWithItsKeys_likeTheClearInput() throws Exception {
    String clear = LADDER.resolve("video-360p.mp4").toString();
    assertThat(run(clear, "-o", temp + "/first", "--key", KID + ":" + KEY)).isZero();
    Path keys = temp.resolve("keys.txt");
    Files.writeString(keys, "# title\n\n" + KID + ":" + KEY + "\r\n" + KID + ":" + KEY);
    String segments = temp + "/first/video-360p/init.mp4,segments=seg-*.m4s";

    assertThat(run(segments, "-o", temp + "/no")).isEqualTo(3);
    assertThat(console.err.toString())
        .contains("input-encrypted", "--source-keys", KID.substring(0, 8));
    console.forget();
    assertThat(run(segments, "-o", temp + "/second", "--source-keys", keys.toString()))
        .as(console.err.toString())
        .isZero();
    assertThat(
            console.run(
                Map.of("KEYMUX_DATA", temp + "/data"),
                "verify",
                temp + "/second",
                "--source",
                clear))
        .as(console.out.toString())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "KID KEY,                 Line 1 of --source-keys is not KID:KEY",
    "# a|KID:KEY0,            Line 2 of --source-keys is not KID:KEY",
    "KID:KEY|KID:KID,         Line 2 of --source-keys gives KID",
    "short:KEY,               The KID in line 1",
    "'',                      holds no key"
  })
  void package_badKeys_saysTheLineAndNoKey(String lines, String message) throws Exception {
    Path keys = temp.resolve("keys.txt");
    Files.writeString(keys, lines.replace("KID", KID).replace("KEY", KEY).replace('|', '\n'));
    assertThat(
            run(
                LADDER.resolve("video-360p.mp4").toString(),
                "-o",
                temp + "/out",
                "--source-keys",
                keys.toString()))
        .isEqualTo(3);
    assertThat(console.err.toString()).contains("invalid-source-keys", message);
    assertThat(console.err.toString()).doesNotContain(KEY);
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "package";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return console.run(Map.of("KEYMUX_DATA", temp + "/data"), all);
  }
}
