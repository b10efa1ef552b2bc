package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.config.StorageSettings;
import io.keymux.api.database.DatabaseSettings;
import io.keymux.api.storage.FaultyServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services on PostgreSQL: it goes away under them, or their clocks differ. */
class SharedDatabaseIT {
  private static final String INPUT = TestService.input("audio-stereo.mp4");

  @TempDir Path folder;
  private EmbeddedPostgres postgres;

  @BeforeEach
  void start() throws IOException {
    postgres = postgres().start();
  }

  @AfterEach
  void stop() throws IOException {
    postgres.close();
  }

  private EmbeddedPostgres.Builder postgres() {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("postgres"))
        .setCleanDataDirectory(false);
  }

  private TestService service(Clock clock) {
    String url = postgres.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", "");
    return new TestService(
        StorageSettings.NONE, new DatabaseSettings(url, "postgres", null, 6), clock);
  }

  @Test
  void database_gone_jobsAndServiceOutliveIt() throws Exception {
    TestService service = service(Clock.systemUTC());
    CountDownLatch gate = new CountDownLatch(1);
    try (FaultyServer keyServer = new FaultyServer(service.server.uri().getPort())) {
      keyServer.breakBy(
          line -> {
            awaited(gate);
            return null;
          });
      List<String> ids = Stream.of("a", "b", "c").map(n -> held(service, keyServer, n)).toList();
      service.once(ids.get(0), job -> job.path("state").asText().equals("acquiring-keys"));

      postgres.close();
      CompletableFuture<HttpResponse<String>> ready = later(() -> service.get("/readyz"));
      CompletableFuture<HttpResponse<String>> asked =
          later(() -> service.get("/v1/jobs/" + ids.get(0)));
      CompletableFuture<HttpResponse<String>> sent =
          later(() -> service.postJson("/v1/jobs", "{\"input\":" + INPUT + "}"));
      assertThat(service.get("/healthz").statusCode()).isEqualTo(200);
      gate.countDown();
      for (var answer : List.of(ready, asked, sent)) {
        assertThat(answer.join().statusCode()).isEqualTo(503);
        JsonNode problem = TestService.json(answer.join());
        assertThat(problem.path("code").asText()).isEqualTo("database-unavailable");
        assertThat(problem.path("retryable").asBoolean()).isTrue();
      }
      assertThat(service.published("a")).isEmpty();

      postgres = postgres().setPort(postgres.getPort()).start();
      for (String id : ids) {
        JsonNode job = service.ended(id);
        assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
        assertThat(job.path("attempts").asInt()).as("it went on").isEqualTo(1);
      }
      assertThat(service.published("a")).contains("manifest.mpd");
      assertThat(number("select count(*) from job_events where type = 'end'")).isEqualTo(3);
      assertThat(service.get("/readyz").statusCode()).isEqualTo(200);
      assertThat(service.run("{\"input\":" + INPUT + "}").path("state").asText())
          .isEqualTo("succeeded");
    } finally {
      gate.countDown();
      service.close();
    }
  }

  /** A job that waits for its keys. */
  private static String held(TestService service, FaultyServer keyServer, String name) {
    return service.submit(
        """
        {"input": %s, "output": {"url": "%s"}, "protection": {"contentId": "held",
          "keyServer": "%s/speke/v2.0/copyProtection"}}
        """
            .formatted(INPUT, service.root.resolve(name).toUri(), keyServer.uri()));
  }

  private static void awaited(CountDownLatch gate) {
    try {
      assertThat(gate.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static <T> CompletableFuture<T> later(Supplier<T> question) {
    return CompletableFuture.supplyAsync(question, task -> new Thread(task, "client").start());
  }

  /** Whichever node takes a job, and whichever is asked: only the database's time counts. */
  @Test
  void clocks_anHourFastAndSlow_changeNothing() throws Exception {
    Clock clock = Clock.systemUTC();
    TestService fast = service(Clock.offset(clock, Duration.ofHours(1)));
    TestService slow = service(Clock.offset(clock, Duration.ofHours(-1)));
    try {
      for (TestService service : List.of(fast, slow)) {
        Instant sent = clock.instant();
        Instant start = sent.plusSeconds(3);
        String later = service.submit("{\"input\":%s,\"startAt\":\"%s\"}".formatted(INPUT, start));
        String now = service.submit("{\"input\":" + INPUT + "}");

        JsonNode first = service.ended(now);
        JsonNode second = service.ended(later);

        for (JsonNode job : List.of(first, second)) {
          assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
          assertThat(job.path("attempts").asInt()).isEqualTo(1);
          assertThat(time(job, "createdAt")).isBetween(sent.minusSeconds(2), sent.plusSeconds(30));
        }
        assertThat(time(first, "startedAt")).isBefore(start.plusSeconds(27));
        assertThat(time(second, "startedAt")).isBetween(start, start.plusSeconds(30));
      }
      assertThat(number("select count(*) from job_events where type = 'end'")).isEqualTo(4);
    } finally {
      fast.close();
      slow.close();
    }
  }

  private static Instant time(JsonNode job, String field) {
    return Instant.parse(job.path(field).asText());
  }

  private long number(String query) throws SQLException {
    try (Connection connection = postgres.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
