package io.keymux.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code keymux keys}: profiles and exchanges, without a key server of others. */
class KeysCommandsTest {
  @TempDir Path folder;
  private final RecordedConsole console = new RecordedConsole();
  private final StringWriter out = console.out;
  private final StringWriter err = console.err;

  private int run(String... args) {
    return console.run(Map.of("KEYMUX_DATA", folder.resolve("data").toString()), args);
  }

  @Test
  void keysProfiles_builtIn_areListedWithWhatTheyNeed() {
    assertThat(run("keys", "profiles")).isZero();
    assertThat(out.toString())
        .contains("drmtoday: castLabs DRMtoday (cpix-post, auth cas)")
        .contains("  variables.org: the UUID of the organization")
        .contains(
            "aws-speke: SPEKE v2.0 behind an Amazon API Gateway (cpix-post, auth sigv4)\n  url:");
  }

  @Test
  void keysTest_seed_printsKeysMasked() {
    assertThat(run("keys", "test", "--preset", "per-type")).isZero();
    assertThat(out.toString())
        .contains("Keys of the seed in --data; no key server was called.")
        .contains("VIDEO: KID ")
        .contains("16 bytes, not shown");
  }

  @Test
  void keysTest_faultyOptions_areUsageErrors() {
    assertThat(run("keys", "test", "--key-server-type", "speke-v1")).isEqualTo(2);
    assertThat(
            run("keys", "test", "--key-server", "https://k.example/", "--key-server-profile", "x"))
        .isEqualTo(2);
    assertThat(run("keys", "test", "--key-server", "ftp://secret.example/")).isEqualTo(2);
    assertThat(run("keys", "test", "--key-server-profile", "nobody")).isEqualTo(3);
    assertThat(err.toString()).doesNotContain("secret");
  }
}
