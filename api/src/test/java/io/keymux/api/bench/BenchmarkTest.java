package io.keymux.api.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.packager.tool.ToolException;
import io.keymux.packager.tool.ToolFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real engine, real {@code cp}; the other programs are scripts that copy, fail or do nothing. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class BenchmarkTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder");
  private static final List<Path> INPUTS =
      List.of(SAMPLES.resolve("video-360p.mp4"), SAMPLES.resolve("audio-stereo.mp4"));

  @TempDir Path temp;
  private Path work;
  private final List<String> lines = new ArrayList<>();

  @BeforeEach
  void makeWorkFolder() throws IOException {
    work = Files.createDirectory(temp.resolve("work"));
  }

  @Test
  void run_withPeers_comparesAllWithCp() throws Exception {
    Path shaka =
        script(
            "packager",
            "while [ \"$1\" != --mpd_output ]; do shift; done; out=${2%/m.mpd}; "
                + "head -c 900000 /dev/zero > $out/x");
    Path gpac = script("gpac", "echo 'no such filter' >&2; exit 1");
    Path idle = script("ffmpeg", "exit 0");

    BenchReport report =
        benchmark(
                Map.of(
                    "SHAKA_PACKAGER",
                    shaka.toString(),
                    "GPAC",
                    gpac.toString(),
                    "FFMPEG",
                    idle.toString()))
            .run(INPUTS, null, 2);

    assertThat(report.rows())
        .extracting(BenchRow::name)
        .containsExactly(
            "cp",
            "Keymux, warm in process, cenc",
            "Keymux, warm in process, cbcs",
            "Keymux, cold CLI, cenc",
            "Keymux, cold CLI, cbcs",
            "Shaka Packager, cenc",
            "Shaka Packager, cbcs",
            "Shaka Packager, tuned I/O, cenc",
            "Shaka Packager, tuned I/O, cbcs");
    assertThat(report.rows().get(0).timesFloor()).isEqualTo(1);
    assertThat(report.rows())
        .allSatisfy(
            row -> {
              assertThat(row.wallSeconds()).isBetween(row.wallMinSeconds(), row.wallMaxSeconds());
              assertThat(row.wallMinSeconds()).isPositive();
              assertThat(row.megabytesPerSecond() * row.wallSeconds())
                  .isCloseTo(
                      report.bytes() / 1e6, org.assertj.core.data.Percentage.withPercentage(1));
            });
    assertThat(report.notes())
        .anySatisfy(note -> assertThat(note).contains("bento4", "not installed"))
        .anySatisfy(note -> assertThat(note).contains("GPAC", "cbcs", "no such filter"))
        .anySatisfy(note -> assertThat(note).contains("ffmpeg", "wrote 0 bytes"));
    assertThat(report.rounds()).isEqualTo(2);
    assertThat(lines).hasSize(3);
    assertThat(report.text()).contains("| cp | ", "2 rounds after one thrown away");
    assertThat(report.toString()).doesNotContain(TestKey.KEY);
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void run_peerWasAskedForAndIsMissing_isATypedErrorAndLeavesNothing() throws IOException {
    assertThatThrownBy(() -> benchmark(Map.of()).run(INPUTS, List.of(Peer.GPAC), 1))
        .isInstanceOfSatisfying(
            ToolException.class, e -> assertThat(e.code()).isEqualTo("tool-not-found"));
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void run_ourOwnCommandFails_endsTheRun() throws IOException {
    Path broken = script("java", "exit 9");

    assertThatThrownBy(
            () ->
                new Benchmark(
                        new ToolFinder(Map.of(), null),
                        List.of(broken.toString()),
                        work,
                        lines::add)
                    .run(INPUTS, List.of(), 1))
        .isInstanceOfSatisfying(
            ToolException.class, e -> assertThat(e.problem()).contains("status 9"));
  }

  @Test
  void median_ofEvenAndOddCounts_isTheMiddle() {
    assertThat(BenchRow.median(List.of(9.0, 1.0, 2.0))).isEqualTo(2);
    assertThat(BenchRow.median(List.of(9.0, 1.0, 2.0, 4.0))).isEqualTo(3);
  }

  /** In place of the command line: copies its inputs to where {@code -o} says. */
  private Benchmark benchmark(Map<String, String> environment) throws IOException {
    Path cli =
        script(
            "java",
            "files=; while [ $# -gt 0 ]; do case $1 in -o) out=$2;; *.mp4) files=\"$files $1\";; "
                + "esac; shift; done; cp $files $out");
    return new Benchmark(
        new ToolFinder(environment, null), List.of(cli.toString()), work, lines::add);
  }

  private Path script(String name, String text) throws IOException {
    Path file = Files.writeString(temp.resolve(name), "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
