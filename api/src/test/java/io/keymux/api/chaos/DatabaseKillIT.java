package io.keymux.api.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the file database has, after a kill, all that it said it had. */
class DatabaseKillIT {
  @TempDir Path folder;

  @Test
  void commit_returnedBeforeTheKill_isThereAfterIt() throws Exception {
    Random random = new Random(5);
    int[] acknowledged = new int[DatabaseWriters.COUNT];
    int kills = Rounds.of(5, 150);
    for (int kill = 0; kill <= kills; kill++) {
      Process process = start();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        assertNothingLost(kill, numbers(lines.readLine()), acknowledged);
        killIn(process, 50 + random.nextInt(1200));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          int[] said = numbers(line);
          if (said.length == 2) {
            acknowledged[said[0]] = Math.max(acknowledged[said[0]], said[1]);
          }
        }
      }
      assertThat(process.waitFor()).isEqualTo(137);
    }
    assertThat(acknowledged).doesNotContain(0);
    System.out.printf("%d kills, %d commits%n", kills, Arrays.stream(acknowledged).sum());
  }

  private static void assertNothingLost(int kill, int[] found, int[] acknowledged) {
    for (int writer = 0; writer < acknowledged.length; writer++) {
      assertThat(found[writer])
          .as("writer %d after kill %d", writer, kill)
          .isGreaterThanOrEqualTo(acknowledged[writer]);
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            DatabaseWriters.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** {@link Process#destroyForcibly} would close what is still to be read. */
  private static void killIn(Process process, int millis) {
    Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
    later.execute(() -> process.toHandle().destroyForcibly());
  }

  private static int[] numbers(@Nullable String line) {
    return Arrays.stream(Objects.requireNonNull(line, "it says nothing").split(" "))
        .mapToInt(Integer::parseInt)
        .toArray();
  }
}
