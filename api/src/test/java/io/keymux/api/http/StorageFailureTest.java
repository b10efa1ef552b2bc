package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.storage.Buckets;
import io.keymux.api.storage.FaultyServer.Fault;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs of a service whose buckets are away for longer than a job waits for them. */
class StorageFailureTest {
  private static final String INPUT = "audio-stereo.mp4";
  private static final AtomicInteger names = new AtomicInteger();

  @Order(1)
  @RegisterExtension
  static final Buckets BUCKETS = new Buckets();

  @Order(2)
  @RegisterExtension
  static final TestService service = new TestService(BUCKETS.settings(), null, Clock.systemUTC());

  @BeforeAll
  static void fill() {
    BUCKETS.put(INPUT, TestService.LADDER.resolve(INPUT));
  }

  @AfterEach
  void mend() {
    BUCKETS.server.mend();
  }

  /** One job each, all at once: which requests of it fail, and how. */
  private enum Away {
    READING_ERROR("/in-1/reading_error.mp4", Fault.ERROR),
    READING_SLOW_DOWN("/in-1/reading_slow_down.mp4", Fault.SLOW_DOWN),
    WRITING_ERROR("PUT /out-1/writing_error/", Fault.ERROR),
    WRITING_SLOW_DOWN("PUT /out-1/writing_slow_down/", Fault.SLOW_DOWN);

    final String requests;
    final Fault fault;

    Away(String requests, Fault fault) {
      this.requests = requests;
      this.fault = fault;
    }

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable Fault of(String line) {
      for (Away away : values()) {
        if (line.contains(away.requests)) {
          return away.fault;
        }
      }
      return null;
    }
  }

  @Test
  void jobs_bucketsAwayForLong_waitAndSucceed() {
    BUCKETS.server.breakBy(Away::of);
    Map<Away, String> ids = new EnumMap<>(Away.class);
    for (Away away : Away.values()) {
      BUCKETS.put(away.id() + ".mp4", TestService.LADDER.resolve(INPUT));
      ids.put(away, service.submit(toBucket("s3://in-1/" + away.id() + ".mp4", away.id())));
    }
    ids.forEach(
        (away, id) -> {
          JsonNode tried = service.once(id, job -> job.has("problem"));
          assertThat(tried.at("/problem/code").asText()).isEqualTo("storage-unavailable");
          assertThat(tried.at("/problem/retryable").asBoolean()).isTrue();
          assertThat(BUCKETS.keys("out-1")).noneMatch(key -> key.startsWith(away.id() + "/"));
        });
    assertThat(service.get("/healthz").statusCode()).isEqualTo(200);
    JsonNode other = service.run(toBucket("s3://in-1/" + INPUT, "other"));
    assertThat(other.path("state").asText()).as(other.toString()).isEqualTo("succeeded");

    BUCKETS.server.mend();
    ids.forEach(
        (away, id) -> {
          JsonNode job = service.ended(id);
          assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
          assertThat(job.path("attempts").asInt()).isGreaterThan(1);
          assertThat(BUCKETS.keys("out-1")).contains(away.id() + "/manifest.mpd");
        });
  }

  @ParameterizedTest
  @CsvSource({"' /in-1/'", "PUT /out-1/"})
  void job_bucketRefuses_failsAtOnce(String requests) {
    BUCKETS.server.breakBy(line -> line.contains(requests) ? Fault.DENIED : null);
    String name = "denied-" + names.incrementAndGet();

    JsonNode job = service.run(toBucket("s3://in-1/" + INPUT, name));

    assertThat(job.path("state").asText()).isEqualTo("failed");
    assertThat(job.at("/problem/code").asText()).isEqualTo("storage-denied");
    assertThat(job.path("attempts").asInt()).isEqualTo(1);
    assertThat(BUCKETS.keys("out-1")).noneMatch(key -> key.startsWith(name + "/"));
  }

  /** A folder of segments is listed when a job is sent, and once more when it is started. */
  @Test
  void segments_bucketAwayWhenTheyAreListed_areNotHeldForWrong() {
    String segments = segments();
    BUCKETS.server.breakBy(line -> line.contains("list-type") ? Fault.ERROR : null);
    HttpResponse<String> refused = service.postJson("/v1/jobs", segments);
    assertThat(refused.statusCode()).isEqualTo(502);
    assertThat(TestService.json(refused).path("code").asText()).isEqualTo("storage-unavailable");

    AtomicInteger lists = new AtomicInteger();
    BUCKETS.server.breakBy(
        line -> line.contains("list-type") && lists.getAndIncrement() > 0 ? Fault.ERROR : null);
    String id = service.submit(segments);
    JsonNode tried = service.once(id, job -> job.has("problem"));
    assertThat(tried.at("/problem/code").asText()).isEqualTo("storage-unavailable");

    BUCKETS.server.mend();
    JsonNode job = service.ended(id);
    assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
  }

  /** A job whose input is what another one has put into the bucket, in clear. */
  private static String segments() {
    String name = "clear-" + names.incrementAndGet();
    JsonNode made =
        service.run(
            """
            {"input": %s, "output": {"url": "s3://out-1/%s/"}, "protection": {"encrypted": false}}
            """
                .formatted(TestService.input(INPUT), name));
    assertThat(made.path("state").asText()).as(made.toString()).isEqualTo("succeeded");
    String folder =
        BUCKETS.keys("out-1").stream()
            .filter(key -> key.startsWith(name) && key.endsWith("/init.mp4"))
            .map(key -> key.substring(0, key.length() - "init.mp4".length()))
            .findFirst()
            .orElseThrow();
    return """
        {"input": {"url": "s3://out-1/%1$sinit.mp4", "segments": "s3://out-1/%1$sseg-*.m4s"}}
        """
        .formatted(folder);
  }

  private static String toBucket(String input, String name) {
    return """
        {"input": {"url": "%s"}, "output": {"url": "s3://out-1/%s/"}}
        """
        .formatted(input, name);
  }
}
