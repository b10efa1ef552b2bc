package io.keymux.api.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keymux.packager.media.Layout;
import io.keymux.packager.tool.ToolException;
import io.keymux.packager.tool.ToolFinder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
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
  void run_withPeers_comparesAllWithCpAndGpac() throws Exception {
    String zeros = "head -c 900000 /dev/zero > ";
    Path shaka = shaka();
    Path gpac = script("gpac", "for last; do :; done; " + zeros + "${last%/m.mpd*}/x");

    BenchReport report =
        benchmark(Map.of("SHAKA_PACKAGER", shaka.toString(), "GPAC", gpac.toString()))
            .run(settings(2, Layout.SEGMENTS, Layout.SINGLE_FILE));

    assertThat(report.rows())
        .extracting(BenchRow::name)
        .containsExactly(
            "cp",
            "Keymux, warm in process, cenc, segments",
            "Keymux, warm in process, cbcs, segments",
            "Keymux, warm in process, cenc, single file",
            "Keymux, warm in process, cbcs, single file",
            "Keymux, cold CLI, cenc, segments",
            "Keymux, cold CLI, cbcs, segments",
            "Keymux, cold CLI, cenc, single file",
            "Keymux, cold CLI, cbcs, single file",
            "Shaka Packager, cenc, segments",
            "Shaka Packager, cbcs, segments",
            "Shaka Packager, tuned I/O, cenc, segments",
            "Shaka Packager, tuned I/O, cbcs, segments",
            "Shaka Packager, cenc, single file",
            "Shaka Packager, cbcs, single file",
            "Shaka Packager, tuned I/O, cenc, single file",
            "Shaka Packager, tuned I/O, cbcs, single file",
            "GPAC, cenc, segments",
            "GPAC, cbcs, segments",
            "GPAC, cenc, single file",
            "GPAC, cbcs, single file");
    assertThat(report.rows().get(0).timesFloor()).isEqualTo(1);
    assertThat(report.rows().get(0).timesGpac()).isNull();
    assertThat(report.rows().get(17).timesGpac()).isEqualTo(1);
    assertThat(report.rows())
        .allSatisfy(
            row -> {
              assertThat(row.wallSeconds()).isBetween(row.wallMinSeconds(), row.wallMaxSeconds());
              assertThat(row.wallMinSeconds()).isPositive();
              assertThat(row.runs()).hasSize(2);
              assertThat(row.megabytesPerSecond() * row.wallSeconds())
                  .isCloseTo(report.bytes() / 1e6, Percentage.withPercentage(1));
            });
    assertThat(report.notes())
        .anySatisfy(note -> assertThat(note).contains("bento4", "not installed"));
    assertThat(report.rounds()).isEqualTo(2);
    assertThat(lines).hasSize(3);
    assertThat(report.text()).contains("| cp | ", "2 rounds after one thrown away");
    assertThat(report.toString()).doesNotContain(TestKey.KEY);
    assertNothingIsLeft();
  }

  @Test
  void run_peersFailOrDoNothing_areLeftOutWithANote() throws Exception {
    Path gpac = script("gpac", "echo 'no such filter' >&2; exit 1");
    Path idle = script("ffmpeg", "exit 0");

    BenchReport report =
        benchmark(Map.of("GPAC", gpac.toString(), "FFMPEG", idle.toString()))
            .run(settings(1, Layout.SINGLE_FILE));

    assertThat(report.rows()).hasSize(5);
    assertThat(report.notes())
        .anySatisfy(note -> assertThat(note).contains("GPAC", "cbcs", "no such filter"))
        .anySatisfy(note -> assertThat(note).contains("ffmpeg", "wrote 0 bytes"));
  }

  @Test
  void run_onlySomeNames_keepsCpAndThose() throws Exception {
    BenchReport report =
        benchmark(Map.of())
            .run(
                new BenchSettings(
                    INPUTS,
                    List.of(),
                    1,
                    List.of(Layout.values()),
                    Pattern.compile("warm.*cbcs.*single"),
                    List.of(),
                    List.of(),
                    null));

    assertThat(report.rows())
        .extracting(BenchRow::name)
        .containsExactly("cp", "Keymux, warm in process, cbcs, single file");
  }

  @Test
  void run_loopedAndTargets_measuresWhatTheTargetsNeed() throws Exception {
    Path shaka = shaka();

    BenchReport report =
        benchmark(Map.of("SHAKA_PACKAGER", shaka.toString()))
            .run(
                new BenchSettings(
                    INPUTS,
                    null,
                    1,
                    List.of(Layout.SEGMENTS),
                    null,
                    List.of(),
                    List.of(3),
                    TargetSet.LARGE));

    assertThat(report.rows())
        .filteredOn(row -> row.name().contains("looped 3 x"))
        .hasSize(4)
        .allSatisfy(
            row -> {
              assertThat(row.bytes()).isEqualTo(3 * report.bytes());
              assertThat(row.timesFloor()).isNull();
            });
    assertThat(report.targets())
        .filteredOn(target -> target.met() == null)
        .allSatisfy(target -> assertThat(target.unit()).containsAnyOf("GPAC", "Bento4", "1 core"));
    assertThat(report.targets())
        .filteredOn(target -> target.what().equals("Keymux, warm in process, cenc, segments"))
        .anySatisfy(target -> assertThat(target.wanted()).isEqualTo("<= 1 x cp"));
    assertThat(report.targets())
        .filteredOn(target -> target.wanted().equals("runs"))
        .hasSize(2)
        .allSatisfy(target -> assertThat(target.met()).isTrue());
    assertThat(report.text())
        .containsSubsequence(
            "| time against input |",
            "| Keymux, warm in process, cbcs, segments | ",
            "| Keymux, warm in process, input looped 3 x, cbcs, segments | ",
            "| target |")
        .contains(
            "| Keymux, cold CLI, cenc, segments | >= 5 x as fast as Shaka Packager (",
            "| >= 2 x as fast as GPAC (its fastest of 2) | not measured |  |");
    assertNothingIsLeft();
  }

  @Test
  void run_peerWasAskedForAndIsMissing_isATypedErrorAndLeavesNothing() throws IOException {
    BenchSettings settings =
        new BenchSettings(
            INPUTS,
            List.of(Peer.GPAC),
            1,
            List.of(Layout.SEGMENTS),
            null,
            List.of(),
            List.of(),
            null);

    assertThatThrownBy(() -> benchmark(Map.of()).run(settings))
        .isInstanceOfSatisfying(
            ToolException.class, e -> assertThat(e.code()).isEqualTo("tool-not-found"));
    assertNothingIsLeft();
  }

  @Test
  void run_ourOwnCommandFails_endsTheRun() throws IOException {
    Path broken = script("java", "exit 9");

    assertThatThrownBy(
            () ->
                new Benchmark(
                        new ToolFinder(Map.of(), null),
                        ColdCli.of(List.of(broken.toString())),
                        work,
                        lines::add)
                    .run(settings(1, Layout.SEGMENTS)))
        .isInstanceOfSatisfying(
            ToolException.class, e -> assertThat(e.problem()).contains("status 9"));
  }

  private static BenchSettings settings(int rounds, Layout... layouts) {
    return new BenchSettings(
        INPUTS, null, rounds, List.of(layouts), null, List.of(), List.of(), null);
  }

  /** In place of the command line: copies its inputs, three times if they are looped. */
  private Benchmark benchmark(Map<String, String> environment) throws IOException {
    Path cli =
        script(
            "java",
            "files=; while [ $# -gt 0 ]; do case $1 in -o) out=$2;; *.mp4) files=\"$files $1\";; "
                + "esac; shift; done; cp $files $out; case $files in *loop*) cat $files $files > "
                + "$out/more;; esac");
    return new Benchmark(
        new ToolFinder(environment, null), ColdCli.of(List.of(cli.toString())), work, lines::add);
  }

  private Path shaka() throws IOException {
    return script(
        "packager",
        "while [ \"$1\" != --mpd_output ]; do shift; done; out=${2%/m.mpd}; "
            + "head -c 900000 /dev/zero > $out/x");
  }

  private void assertNothingIsLeft() throws IOException {
    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).isEmpty();
    }
  }

  private Path script(String name, String text) throws IOException {
    Path file = Files.writeString(temp.resolve(name), "#!/bin/sh\n" + text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
