package io.keymux.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.cpix.DrmException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Row 38 of the threat table: YAML that is a bomb, or names a class. */
class ConfigFileTest {
  @TempDir private Path folder;

  static Stream<Arguments> bombs() {
    StringBuilder aliases = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 10; i++) {
      aliases.append("a%d: &a%d [".formatted(i, i));
      aliases.append("*a%d, ".formatted(i - 1).repeat(9)).append("x]\n");
    }
    return Stream.of(
        Arguments.of("aliases of aliases", aliases.toString()),
        Arguments.of("an alias of itself", "roots: &a [*a]\n"),
        Arguments.of("an alias", "roots: &a [/x]\nsecrets: {a: *a}\n"),
        Arguments.of(
            "a class", "roots: !!javax.script.ScriptEngineManager [!!java.net.URL ['http://x']]\n"),
        Arguments.of("a class in a scalar", "host: !!java.io.File [/etc/passwd]\n"),
        Arguments.of("deep nesting", "secrets: " + "[".repeat(10_000) + "]".repeat(10_000) + "\n"),
        Arguments.of(
            "deep mappings", "secrets: " + "{a: ".repeat(500) + "1" + "}".repeat(500) + "\n"),
        Arguments.of("a field twice", "host: a\nhost: b\n"),
        Arguments.of("a large scalar", "host: " + "a".repeat(10 << 20) + "\n"),
        Arguments.of("two documents that differ", "host: [\n---\nhost: b\n"),
        Arguments.of("no YAML", "\u0000\u0001"),
        Arguments.of("a list", "- host\n"),
        Arguments.of("an unknown field", "hosst: a\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  void read_bomb_isRefusedInOurWords(String name, String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("keymux.yaml"), yaml);
    assertThatThrownBy(() -> ConfigFile.read(file))
        .isInstanceOfSatisfying(
            DrmException.class,
            e -> {
              assertThat(e.code()).isEqualTo("invalid-config");
              assertThat(e.problem().length()).isLessThan(300);
              assertThat(e.problem()).doesNotContain("javax.script").doesNotContain("aaaa");
            });
  }

  @Test
  void read_empty_saysNothing() throws IOException {
    Path file = Files.writeString(folder.resolve("keymux.yaml"), "# nothing\n");
    assertThat(ConfigFile.read(file)).isEqualTo(ConfigFile.EMPTY);
  }
}
