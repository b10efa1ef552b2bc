package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.config.StorageSettings;
import io.keymux.api.storage.FaultyServer;
import io.keymux.api.storage.FaultyServer.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Jobs in the queue whose key server goes away. */
class KeyServerFailureTest {
  private static final String INPUT = TestService.input("audio-stereo.mp4");

  @RegisterExtension
  static final TestService service = new TestService(StorageSettings.NONE, null, Clock.systemUTC());

  @Test
  void jobs_keyServersAwayForLong_waitAndSucceed() throws IOException {
    int server = service.server.uri().getPort();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (FaultyServer busy = new FaultyServer(server);
        FaultyServer broken = new FaultyServer(server)) {
      busy.breakBy(line -> Fault.SLOW_DOWN);
      broken.breakBy(line -> Fault.RESET);
      Map<String, String> codes =
          Map.of(
              submit("busy", busy.uri()), "key-server-refused",
              submit("broken", broken.uri()), "key-server-unreachable",
              submit("gone", "http://127.0.0.1:" + port), "key-server-unreachable");
      codes.forEach(
          (id, code) -> {
            JsonNode tried = service.once(id, job -> job.has("problem"));
            assertThat(tried.at("/problem/code").asText()).as(tried.toString()).isEqualTo(code);
            assertThat(tried.at("/problem/retryable").asBoolean()).isTrue();
          });
      for (String name : List.of("busy", "broken", "gone")) {
        assertThat(service.published(name)).isEmpty();
      }
      assertThat(service.get("/healthz").statusCode()).isEqualTo(200);
      JsonNode other = service.run("{\"input\":" + INPUT + "}");
      assertThat(other.path("state").asText()).as(other.toString()).isEqualTo("succeeded");

      busy.mend();
      broken.mend();
      try (FaultyServer back = new FaultyServer(port, server)) {
        for (String id : codes.keySet()) {
          JsonNode job = service.ended(id);
          assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
          assertThat(job.path("attempts").asInt()).isGreaterThan(1);
        }
        assertThat(back.requests()).isNotEmpty();
      }
      assertThat(service.published("gone")).contains("manifest.mpd");
    }
  }

  @Test
  void job_keyServerRefuses_failsAtOnce() {
    try (FaultyServer way = new FaultyServer(service.server.uri().getPort())) {
      way.breakBy(line -> Fault.DENIED);
      JsonNode job = service.ended(submit("denied", way.uri()));
      assertThat(job.path("state").asText()).isEqualTo("failed");
      assertThat(job.at("/problem/code").asText()).isEqualTo("key-server-unauthorized");
      assertThat(job.path("attempts").asInt()).isEqualTo(1);
      assertThat(service.published("denied")).isEmpty();
    }
  }

  private static String submit(String name, String keyServer) {
    return service.submit(
        """
        {"input": %s, "output": {"url": "%s"}, "protection": {"contentId": "%s",
          "keyServer": "%s/speke/v2.0/copyProtection"}}
        """
            .formatted(INPUT, service.root.resolve(name).toUri(), name, keyServer));
  }
}
