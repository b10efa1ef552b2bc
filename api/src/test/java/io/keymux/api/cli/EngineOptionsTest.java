package io.keymux.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may choose the engine that shows keys, and how its programs are found. */
class EngineOptionsTest {
  private static final Path AUDIO =
      Path.of(
          System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder/audio-stereo.mp4");
  private static final String VARIABLE = "KEYMUX_SECURITY_ALLOWKEYSONARGV";

  @TempDir Path folder;

  private record Outcome(int exit, String said) {}

  /** Without the programs, consent shows in what is missed next. */
  @ParameterizedTest
  @CsvSource({
    "none,    none, none,  3, keys-on-argv-not-allowed",
    "option,  none, none,  5, tool-not-found",
    "none,    true, none,  5, tool-not-found",
    "none,    none, true,  5, tool-not-found",
    "none,    false, true, 3, keys-on-argv-not-allowed",
    "option,  false, false, 5, tool-not-found",
    "none,    none, false, 3, keys-on-argv-not-allowed",
    "none,    yes,  none,  3, invalid-config"
  })
  void package_bento4_needsConsent(
      String option, String variable, String config, int exit, String code) throws IOException {
    List<String> args = new ArrayList<>(List.of("--engine", "bento4"));
    Map<String, String> environment = new HashMap<>();
    if (option.equals("option")) {
      args.add("--allow-keys-on-argv");
    }
    if (!variable.equals("none")) {
      environment.put(VARIABLE, variable);
    }
    if (!config.equals("none")) {
      Path file = folder.resolve("keymux.yaml");
      Files.writeString(file, "security:\n  allowKeysOnArgv: " + config + "\n");
      args.addAll(List.of("--config", file.toString()));
    }
    for (String command : List.of("package", "plan")) {
      Outcome outcome = run(environment, command, args);

      assertThat(outcome.said()).contains(code);
      assertThat(outcome.exit()).isEqualTo(exit);
      assertThat(folder.resolve("out")).doesNotExist();
      assertThat(folder.resolve("data")).doesNotExist();
    }
  }

  @Test
  void package_anotherEngine_isRefused() {
    assertThat(run(Map.of(), "package", List.of("--engine", "gpac")).said())
        .contains("native", "bento4");
  }

  @ParameterizedTest
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @CsvSource({"1.6.0.0, ok", "2.0, ok", "1.5.1.0, old", "unknown, old", "absent, absent"})
  void doctor_versionsOfBento4_tellsWhetherTheyDo(String version, String verdict)
      throws IOException {
    if (!version.equals("absent")) {
      for (String program : List.of("mp4fragment", "mp4encrypt")) {
        Path script = Files.createDirectories(folder.resolve("bin")).resolve(program);
        Files.writeString(
            script,
            "#!/bin/sh\necho 'Program - Version 9.9'; echo '(Bento4 Version %s)'; exit 1\n"
                .formatted(version));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
      }
    }
    RecordedConsole console = new RecordedConsole();
    console.run(
        Map.of("KEYMUX_DATA", folder.resolve("data").toString(), "BENTO4_HOME", folder.toString()),
        "doctor",
        "--json");

    for (JsonNode check : Json.mapper().readTree(console.out.toString()).path("checks")) {
      if (check.path("name").asText().equals("bento4")) {
        assertThat(check.path("verdict").asText()).isEqualTo(verdict);
        assertThat(check.path("remedy").asText())
            .matches(verdict.equals("ok") ? "" : ".*1\\.6\\.0 or newer.*BENTO4_HOME.*");
        return;
      }
    }
    throw new AssertionError("doctor does not look for bento4");
  }

  private Outcome run(Map<String, String> environment, String command, List<String> args) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("KEYMUX_DATA", folder.resolve("data").toString());
    List<String> line = new ArrayList<>(List.of(command, AUDIO.toString(), "-o"));
    line.add(folder.resolve("out").toString());
    line.addAll(args);
    RecordedConsole console = new RecordedConsole();
    return new Outcome(console.run(all, line.toArray(String[]::new)), console.err.toString());
  }
}
