package io.keymux.api.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three services on one PostgreSQL, and everything that may happen to them. */
class ClusterChaosIT {
  private static final Path INPUT =
      Path.of(
          System.getProperty("keymux.root"), "test-vectors/vectors/sample-ladder/video-360p.mp4");
  private static final int WORKERS = 3;
  private static final int QUEUED = 12;

  @TempDir Path folder;
  private final Random random = new Random(8);
  private final List<WorkerProcess> workers = new CopyOnWriteArrayList<>();
  private EmbeddedPostgres postgres;
  private JobClient client;

  @BeforeEach
  void start() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
    int heartbeat = Rounds.of(1, 5);
    Path config = folder.resolve("keymux.yaml");
    Files.writeString(
        config,
        """
        roots: [%s, %s]
        workers: 1
        publicUrl: http://127.0.0.1:9
        database: {url: '%s', user: postgres, connections: 8}
        jobs: {heartbeatSeconds: %d, tries: 20, drainSeconds: 5}
        """
            .formatted(
                INPUT.getParent(),
                folder,
                postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", ""),
                heartbeat));
    for (int i = 0; i < WORKERS; i++) {
      workers.add(
          WorkerProcess.start(
              folder.resolve("worker-" + i + ".log"), config, folder.resolve("data")));
    }
    client = new JobClient(this::alive);
  }

  private List<URI> alive() {
    return workers.stream().filter(WorkerProcess::isAlive).map(WorkerProcess::uri).toList();
  }

  @AfterEach
  void stop() throws IOException {
    workers.forEach(WorkerProcess::close);
    postgres.close();
  }

  @Test
  void jobs_workersKilledStoppedAndCutOff_allEndOnce() throws Exception {
    Path first = folder.resolve("reference");
    client.ended(client.submit("reference", INPUT, first));
    Map<String, byte[]> wanted = Outputs.files(first);
    int least = Rounds.of(10, 200);
    List<Path> outputs = new CopyOnWriteArrayList<>();
    List<String> ids = new ArrayList<>();
    List<Instant> kills = new CopyOnWriteArrayList<>();
    try (Outputs watched = Outputs.watch(outputs, wanted)) {
      Thread chaos = new Thread(() -> harm(Rounds.of(5, 40), kills), "chaos");
      chaos.start();
      int ended = 0;
      while (chaos.isAlive() || ids.size() < least || ended < ids.size()) {
        if (ids.size() - ended < QUEUED && (chaos.isAlive() || ids.size() < least)) {
          outputs.add(folder.resolve("out/" + ids.size()));
          ids.add(client.submit("job-" + ids.size(), INPUT, outputs.get(ids.size())));
        } else {
          JsonNode job = client.ended(ids.get(ended++));
          assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
        }
      }
      assertThat(ids).doesNotHaveDuplicates();
      watched.assertNeverPartial();
      watched.assertComplete();
    }
    int count = ids.size();
    assertThat(kills).as("kills").isNotEmpty();
    assertThat(number("select count(*) from jobs")).isEqualTo(count + 1);
    assertThat(number("select count(*) from job_events where type = 'end'")).isEqualTo(count + 1);
    assertThat(number("select count(*) from job_events where data like '%succeeded%'"))
        .as("each ended once")
        .isEqualTo(2L * (count + 1));
    System.out.printf(
        "%d jobs, %d kills, %d attempts, longest pause of a job %d s%n",
        count, kills.size(), number("select sum(attempt) from jobs"), longestPause());
    assertThat(Duration.ofSeconds(longestPause()))
        .isLessThan(Duration.ofSeconds(Rounds.of(15, 26)));
  }

  /** Mostly kills; now and then a zombie or a database that crashes. */
  private void harm(int turns, List<Instant> kills) {
    try {
      for (int turn = 0; turn < turns; turn++) {
        Thread.sleep(1000 + random.nextInt(Rounds.of(1000, 3000)));
        WorkerProcess worker = workers.get(random.nextInt(WORKERS));
        switch (turn % 5) {
          case 2 -> {
            worker.signal("STOP");
            Thread.sleep(Rounds.of(7_000, 27_000));
            worker.signal("CONT");
          }
          case 4 -> crashDatabase();
          default -> {
            kills.add(Instant.now());
            worker.kill();
            worker.restart();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A killed backend makes PostgreSQL drop every connection and recover from its log. */
  private void crashDatabase() {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select pid from pg_stat_activity where backend_type = 'client backend'"
                    + " and pid <> pg_backend_pid() limit 1")) {
      if (row.next()) {
        new ProcessBuilder("kill", "-9", "" + row.getInt(1)).start().waitFor();
      }
    } catch (SQLException | IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long number(String query) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The longest time in which nothing happened to a job that had been started. */
  private long longestPause() throws SQLException {
    return number(
        """
        select ceil(coalesce(max(extract(epoch from pause)), 0)) from (
          select at - lag(at) over (partition by job_id order by id) as pause, id
          from job_events) as pauses where id > 2
        """);
  }
}
