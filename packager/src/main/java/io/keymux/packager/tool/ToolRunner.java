package io.keymux.packager.tool;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * Runs an external program to its end: bounded time, bounded output, no pipe to fill up, no orphan
 * left behind.
 *
 * <p>Output goes to a file, not a pipe. A pipe needs a pump thread, deadlocks when nobody reads,
 * and stays open as long as any grandchild holds it. The program sees only {@code PATH}, {@code
 * HOME}, {@code TMPDIR} and {@code LANG} of our environment.
 *
 * <p>Safe for use by several threads.
 */
public final class ToolRunner {
  /** Without a home some programs keep their settings in the current folder. */
  private static final Set<String> ENVIRONMENT =
      Set.of("PATH", "HOME", "TMPDIR", "LANG", "SystemRoot");

  private static final int SAMPLE_MILLIS = 10;
  private static final long MAX_OUTPUT_BYTES = 16L * 1024 * 1024;

  private final Duration timeout;
  private final Duration grace;

  /**
   * @param timeout wall-clock limit of one run, after which the process tree is killed
   */
  public ToolRunner(Duration timeout) {
    this(timeout, Duration.ofSeconds(2));
  }

  /**
   * @param grace from the polite request to end to the kill
   */
  ToolRunner(Duration timeout, Duration grace) {
    this.timeout = timeout;
    this.grace = grace;
  }

  /**
   * Runs {@code command} and returns once it ended with a status that it accepts.
   *
   * <p>Children that it left running are killed; without a {@code /proc}, one that detached itself
   * within 100 ms of the program's end may be missed. All are killed with this JVM; if that is
   * killed itself, by the next JVM that runs a program, or by {@link OrphanedTools}.
   *
   * @throws ToolException with code {@code tool-not-started}, {@code tool-failed} (another exit
   *     status), {@code tool-timed-out}, {@code tool-output-too-large} (16 MiB) or {@code
   *     tool-log-not-writable}; the process tree is then dead
   * @throws InterruptedException if this thread is interrupted; the process tree is then dead too
   */
  public ToolResult run(ToolCommand command) throws InterruptedException {
    return run(command, ToolWatch.NONE);
  }

  /**
   * As {@link #run(ToolCommand)}, and lets somebody look on.
   *
   * @param watch may stop the program by throwing, which is then what this throws
   */
  public ToolResult run(ToolCommand command, ToolWatch watch) throws InterruptedException {
    watch.look();
    try (ToolLog log = ToolLog.create(command)) {
      long start = System.nanoTime();
      ProcessTree tree = start(command, log.file());
      Process process = tree.root();
      ProcessUsage usage = new ProcessUsage(process.toHandle());
      Duration wall;
      try {
        await(process, command, log, tree, usage, watch, start);
        wall = Duration.ofNanos(System.nanoTime() - start);
      } finally {
        try {
          tree.kill(grace);
        } finally {
          RunningTools.remove(tree);
        }
      }
      String output = command.mask(log.tail());
      if (!command.accepts(process.exitValue())) {
        throw ToolException.failed(command, process.exitValue(), output);
      }
      return new ToolResult(process.exitValue(), output, wall, usage.cpu(), usage.peakRssBytes());
    }
  }

  private void await(
      Process process,
      ToolCommand command,
      ToolLog log,
      ProcessTree tree,
      ProcessUsage usage,
      ToolWatch watch,
      long start)
      throws InterruptedException {
    // A short run is looked at early, else nothing would be known of it.
    long pause = 1;
    while (!process.waitFor(pause, MILLISECONDS)) {
      pause = Math.min(2 * pause, SAMPLE_MILLIS);
      tree.sample();
      usage.sample(tree.descendants());
      watch.look();
      if (log.size() > MAX_OUTPUT_BYTES) {
        throw ToolException.tooMuchOutput(command, MAX_OUTPUT_BYTES, log.tail());
      }
      if (System.nanoTime() - start > timeout.toNanos()) {
        throw ToolException.timedOut(command, timeout, log.tail());
      }
    }
  }

  private static ProcessTree start(ToolCommand command, Path log) {
    ToolMark mark = new ToolMark();
    ProcessBuilder builder =
        new ProcessBuilder(command.argv())
            .redirectInput(new File(File.separatorChar == '\\' ? "NUL" : "/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().keySet().retainAll(ENVIRONMENT);
    builder.environment().putAll(command.environment());
    builder.environment().put(MarkedProcess.VARIABLE, mark.value());
    Path directory = command.directory();
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    try {
      return RunningTools.start(builder, mark);
    } catch (IOException e) {
      throw ToolException.notStarted(command, e);
    }
  }
}
