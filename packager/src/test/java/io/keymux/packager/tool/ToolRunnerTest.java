package io.keymux.packager.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(60)
class ToolRunnerTest {
  private static final Duration LONG = Duration.ofSeconds(50);
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final Duration GRACE = Duration.ofMillis(300);

  @TempDir Path temp;

  @Test
  void run_endsWell_givesWhatItPrintedOnBothStreams() throws Exception {
    ToolResult result = run(LONG, "echo one; echo two >&2; pwd; cat");

    assertThat(result.exitStatus()).isZero();
    assertThat(result.output()).isEqualTo("one\ntwo\n" + temp.toRealPath() + "\n");
    assertThat(result.wall()).isPositive();
  }

  @Test
  void run_otherStatus_isATypedErrorWithTheLastWords() {
    assertThatThrownBy(() -> run(LONG, "echo 'no such codec' >&2; exit 3"))
        .isInstanceOfSatisfying(
            ToolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("tool-failed");
              assertThat(e.problem()).contains("sh", "status 3", "no such codec");
              assertThat(e.output()).isEqualTo("no such codec\n");
            });
  }

  @Test
  void run_acceptedStatus_isAResult() throws Exception {
    ToolCommand command = script("exit 1").accept(1);

    assertThat(new ToolRunner(LONG).run(command).exitStatus()).isEqualTo(1);
  }

  @Test
  void run_hangs_isKilledWithItsChildren() throws Exception {
    Path pids = temp.resolve("pids");

    ToolException e =
        catchThrowableOfType(
            ToolException.class,
            () -> run(SHORT, "sleep 300 & echo $! > pids; echo $$ >> pids; echo waiting; wait"));

    assertThat(e.code()).isEqualTo("tool-timed-out");
    assertThat(e.output()).isEqualTo("waiting\n");
    Pids.assertGone(pids, 2);
  }

  @Test
  void run_ignoresThePoliteSignal_isKilledAllTheSame() throws Exception {
    Path pids = temp.resolve("pids");

    assertThatThrownBy(
            () -> run(SHORT, "trap '' TERM; echo $$ > pids; while true; do sleep 0.1; done"))
        .isInstanceOfSatisfying(
            ToolException.class, e -> assertThat(e.code()).isEqualTo("tool-timed-out"));

    Pids.assertGone(pids, 1);
  }

  @Test
  void run_childHoldsTheStreams_returnsAtOnceAndEndsTheChild() throws Exception {
    Path pids = temp.resolve("pids");

    ToolResult result = run(LONG, "sleep 300 & echo $! > pids; sleep 0.5; echo done");

    assertThat(result.output()).isEqualTo("done\n");
    assertThat(result.wall()).isLessThan(Duration.ofSeconds(20));
    Pids.assertGone(pids, 1);
  }

  /** Often: the child is sometimes met while it starts its program. */
  @RepeatedTest(10)
  @EnabledOnOs(OS.LINUX)
  void run_endsAtOnceAndLeavesAChild_endsTheChild() throws Exception {
    Path pids = temp.resolve("pids");

    run(LONG, "(setsid sleep 300 & echo $! > pids) &\nwait");

    Pids.assertGone(pids, 1);
  }

  @Test
  void run_watchThrows_isKilledWithItsChildren() throws Exception {
    Path pids = temp.resolve("pids");
    IllegalStateException enough = new IllegalStateException("enough");
    ToolWatch watch =
        () -> {
          if (Files.exists(pids) && pids.toFile().length() > 0) {
            throw enough;
          }
        };

    assertThatThrownBy(
            () ->
                new ToolRunner(LONG, GRACE)
                    .run(script("sleep 300 & echo \"$! $$\" | tr ' ' '\\n' > pids; wait"), watch))
        .isSameAs(enough);

    Pids.assertGone(pids, 2);
  }

  @Test
  void run_jvmEnds_killsWhatRuns() throws Exception {
    Path pids = temp.resolve("pids");
    Process jvm = ToolJvm.thatExits(pids);

    assertThat(jvm.waitFor(40, TimeUnit.SECONDS)).isTrue();
    assertThat(jvm.exitValue()).isEqualTo(ToolJvm.EXIT);
    Pids.assertGone(pids, 1);
  }

  @Test
  void run_floodOfOutput_isBounded() {
    assertThatThrownBy(() -> run(LONG, "while true; do head -c 1000000 /dev/zero; done"))
        .isInstanceOfSatisfying(
            ToolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("tool-output-too-large");
              assertThat(e.output()).hasSize(ToolLog.TAIL_BYTES);
            });
  }

  @Test
  void run_programIsMissing_isATypedError() {
    assertThatThrownBy(
            () -> new ToolRunner(LONG).run(ToolCommand.of(temp.resolve("nowhere")).args("x")))
        .isInstanceOfSatisfying(
            ToolException.class,
            e -> {
              assertThat(e.code()).isEqualTo("tool-not-started");
              assertThat(e.problem()).contains("nowhere");
            });
  }

  @Test
  void run_interrupted_throwsAndLeavesNothingRunning() throws Exception {
    Path pids = temp.resolve("pids");
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                run(LONG, "sleep 300 & echo $! > pids; echo $$ >> pids; wait");
              } catch (Throwable e) {
                thrown.set(e);
              }
            });

    thread.start();
    while (!Files.exists(pids) || Files.readAllLines(pids).size() < 2) {
      Thread.sleep(10);
    }
    thread.interrupt();
    thread.join();

    assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    Pids.assertGone(pids, 2);
  }

  @Test
  void run_secretInTheOutput_isMaskedEverywhere() {
    String key = "100b6c20940f779a4589152b57d2dacb";
    ToolCommand command =
        script("echo \"bad key: $1\"; echo \"value ${1#1:}\"; exit 1", "x").secretArg("1:" + key);

    assertThat(command.toString()).doesNotContain(key).endsWith(" ***");
    assertThatThrownBy(() -> new ToolRunner(LONG).run(command))
        .isInstanceOfSatisfying(
            ToolException.class,
            e -> {
              assertThat(e.getMessage()).doesNotContain(key).contains("bad key: ***");
              assertThat(e.output()).isEqualTo("bad key: ***\nvalue ***\n");
            });
  }

  @Test
  void run_environment_isReduced() throws Exception {
    ToolResult result = new ToolRunner(LONG).run(script("env").environment("KEYMUX_SHOWN", "yes"));

    Set<String> names =
        result.output().lines().map(line -> line.replaceAll("=.*", "")).collect(Collectors.toSet());
    assertThat(names).contains("PATH", "KEYMUX_SHOWN");
    names.removeAll(
        Set.of("PATH", "HOME", "TMPDIR", "LANG", "KEYMUX_SHOWN", MarkedProcess.VARIABLE));
    // What a shell sets by itself.
    assertThat(names).isSubsetOf("PWD", "OLDPWD", "SHLVL", "_");
  }

  @Test
  void run_always_leavesNoLogBehindAndKeepsItPrivate() throws Exception {
    Set<Path> before = logs();

    ToolResult result = run(LONG, "ls -lL /proc/self/fd/2 || true");
    assertThatThrownBy(() -> run(LONG, "exit 1")).isInstanceOf(ToolException.class);

    if (Files.isDirectory(Path.of("/proc/self/fd"))) {
      assertThat(result.output()).startsWith("-rw-------");
    }
    assertThat(logs()).isSubsetOf(before);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void run_busyProgram_tellsItsTimeAndMemory() throws Exception {
    ToolResult result = run(LONG, "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; sleep 0.2");

    assertThat(result.cpu()).isBetween(Duration.ofMillis(20), result.wall());
    assertThat(result.peakRssBytes()).isBetween(200_000L, 100_000_000L);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void run_childNeedsMoreMemoryThanTheProgram_tellsTheChilds() throws Exception {
    ToolResult result =
        run(LONG, "(x=$(head -c 30000000 /dev/zero | tr '\\0' a); sleep 0.5); true");

    assertThat(result.peakRssBytes()).isBetween(25_000_000L, 300_000_000L);
  }

  private ToolResult run(Duration timeout, String text) throws InterruptedException {
    return new ToolRunner(timeout, GRACE).run(script(text));
  }

  private ToolCommand script(String text, String... args) {
    return ToolCommand.of(Path.of("/bin/sh")).args("-c", text).args(args).directory(temp);
  }

  private static Set<Path> logs() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(f -> f.getFileName().toString().startsWith("keymux-tool-"))
          .collect(Collectors.toSet());
    }
  }
}
