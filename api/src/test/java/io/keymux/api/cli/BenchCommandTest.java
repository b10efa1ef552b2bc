package io.keymux.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs({OS.LINUX, OS.MAC})
class BenchCommandTest {
  private static final String INPUT =
      Path.of(
              System.getProperty("keymux.root"),
              "test-vectors/vectors/sample-ladder/audio-stereo.mp4")
          .toString();

  @TempDir Path work;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** The cold rows are real processes of this program. */
  @Test
  void bench_segmentsWithoutPeers_printsFiveRowsAsJsonAndLeavesNothing() throws IOException {
    int code =
        run("bench", INPUT, "--peers", "none", "--rounds", "1", "--json", "--layouts", "segments");

    assertThat(code).as(err.toString()).isZero();
    JsonNode report = Json.mapper().readTree(out.toString());
    assertThat(report.path("rows").findValuesAsText("name"))
        .containsExactly(
            "cp",
            "Keymux, warm in process, cenc, segments",
            "Keymux, warm in process, cbcs, segments",
            "Keymux, cold CLI, cenc, segments",
            "Keymux, cold CLI, cbcs, segments");
    JsonNode cold = report.path("rows").get(3);
    assertThat(cold.path("wallSeconds").asDouble()).isPositive();
    assertThat(cold.path("runs")).hasSize(1);
    assertThat(cold.path("runs").get(0).path("cpuSeconds").asDouble()).isPositive();
    assertThat(report.path("targets")).isEmpty();
    assertThat(report.path("machine").path("cores").asInt()).isPositive();
    assertThat(out.toString()).doesNotContain("100b6c20940f779a4589152b57d2dacb");
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--peers,      zip,  2, error[usage]",
    "--rounds,     0,    2, error[usage]",
    "--layouts,    tape, 2, error[usage]",
    "--only,       a[,   2, error[usage]",
    "--java,       .,    2, error[usage]",
    "--loop,       1,    2, error[usage]",
    "--targets,    huge, 2, error[usage]",
    "--peers,      gpac, 5, error[tool-not-found]",
  })
  void bench_wrongOption_isOneLineAndItsExitCode(
      String option, String value, int code, String start) {
    assertThat(run("bench", INPUT, option, value)).isEqualTo(code);
    assertThat(err.toString().lines().filter(line -> line.startsWith(start))).hasSize(1);
  }

  private int run(String... args) {
    Console console =
        new Console(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            new ByteArrayInputStream(new byte[0]),
            Map.of(),
            0);
    String[] all =
        Stream.concat(Stream.of(args), Stream.of("--work", work.toString())).toArray(String[]::new);
    return Cli.run(console, all);
  }
}
