package io.keymux.api.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A single service with its own database, killed again and again. */
class EmbeddedChaosIT {
  private static final Path INPUT =
      Path.of(
          System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder/audio-stereo.mp4");

  @TempDir Path folder;
  private volatile List<URI> alive = List.of();

  @Test
  void jobs_serviceKilledAgainAndAgain_areAllThereAndEnd() throws Exception {
    Path config = folder.resolve("keymux.yaml");
    Files.writeString(
        config,
        "roots: [%s, %s]\njobs: {tries: 100, retryDelaySeconds: 1}\nwebhooks: {addresses: public-or-loopback}\n"
            .formatted(INPUT.getParent(), folder));
    Random random = new Random(9);
    int restarts = Rounds.of(6, 200);
    List<String> ids = new ArrayList<>();
    JobClient client = new JobClient(() -> alive);
    try (ToldJobs told = new ToldJobs();
        WorkerProcess worker =
            WorkerProcess.start(folder.resolve("log"), config, folder.resolve("data"))) {
      alive = List.of(worker.uri());
      client.tell(told.url());
      for (int i = 0; i < restarts; i++) {
        alive = List.of(worker.uri());
        long end = System.nanoTime() + 1_000_000L * random.nextInt(1500);
        do {
          int n = ids.size();
          ids.add(client.submit("job-" + n, INPUT, folder.resolve("out/" + n)));
        } while (System.nanoTime() < end && ids.size() < 3 * (i + 1));
        alive = List.of();
        worker.kill();
        worker.restart();
      }
      alive = List.of(worker.uri());
      assertThat(ids).doesNotHaveDuplicates();
      for (int i = 0; i < ids.size(); i++) {
        assertThat(client.submit("job-" + i, INPUT, folder.resolve("out/" + i)))
            .as("the same key gives the same job")
            .isEqualTo(ids.get(i));
        JsonNode job = client.ended(ids.get(i));
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
        assertThat(folder.resolve("out/" + i + "/manifest.mpd")).exists();
      }
      told.assertAll(ids);
      assertThat(worker.end()).as("exit after SIGTERM").isEqualTo(143);
      System.out.printf("%d restarts, %d jobs%n", restarts, ids.size());
    }
  }
}
