package io.keymux.system.interrupted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A disk of random size, too small for the job: the command says so, the disk is empty again, and
 * once it has grown the same command succeeds. More points than five: {@code -Dkeymux.kills=50}.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(1800)
class FullDiskIT {
  private static final int POINTS = Integer.getInteger("keymux.kills", 5);

  private static final List<OutputKind> KINDS = List.of(OutputKind.values());

  /** A file system that only the shell sees, in a name space of its own. */
  private static final String SCRIPT =
      """
      exec unshare --mount --map-root-user sh -c '
        disk=$1; size=$2; seen=$3; shift 3
        mount -t tmpfs -o size="$size" none "$disk" || exit 77
        "$@"; echo "exit $?" > "$seen"
        ls -A "$disk" >> "$seen"
        mount -o remount,size=64m "$disk" || exit 77
        "$@"; echo "then $?" >> "$seen"
        ls -A "$disk/out" >> "$seen"
      ' sh %s %d %s "$@"
      """;

  @TempDir Path work;

  @Test
  void package_fullDisk_leavesNothingBehind() throws Exception {
    assumeTrue(mayMount(), "mounting in a name space of one's own");
    CommandLine command = new CommandLine(work);
    Random random = new Random(3);
    Path disk = Files.createDirectory(work.resolve("disk"));
    Path output = disk.resolve("out");
    for (int i = 0; i < POINTS; i++) {
      OutputKind kind = KINDS.get(i % KINDS.size());
      Path whole = work.resolve("whole-" + kind);
      if (!Files.exists(whole)) {
        assertThat(CommandLine.finish(command.start("exec \"$@\"", kind, whole))).isZero();
      }
      long size = 4096 + (long) (random.nextDouble() * (bytes(whole) - 4096));
      Path seen = work.resolve("seen-" + i);

      int code =
          CommandLine.finish(command.start(SCRIPT.formatted(disk, size, seen), kind, output));

      assertThat(code).isZero();
      List<String> lines = Files.readAllLines(seen);
      String when = "%s, %d bytes".formatted(kind, size);
      assertThat(lines.subList(0, 2)).as(when).containsExactly("exit 6", "then 0");
      assertThat(lines).as(when).contains("master.m3u8", "keymux-report.json");
    }
  }

  private static boolean mayMount() throws Exception {
    Process process =
        new ProcessBuilder("unshare", "--mount", "--map-root-user", "true")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return CommandLine.finish(process) == 0;
  }

  private static long bytes(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
