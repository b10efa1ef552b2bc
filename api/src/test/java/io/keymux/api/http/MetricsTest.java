package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.access.Scope;
import io.keymux.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is measured, what the dashboard asks for, and what the guide says. */
class MetricsTest {
  private static final Path DOCS = Path.of(System.getProperty("keymux.root"), "docs");
  private static final TestCredentials CREDENTIALS = new TestCredentials();
  private static final String OWNER = CREDENTIALS.all("acme");
  private static final String BLIND = CREDENTIALS.allBut("acme", Scope.METRICS_READ);

  /** Its label holds what a function of the dashboard needs. */
  private static final Pattern NAME =
      Pattern.compile("\\b((?:keymux|jvm|process)_[a-z_]+)(?=[\\[{) ]|$)");

  private static final String CANARY = "canary-of-a-client";

  @RegisterExtension static final TestService service = new TestService(CREDENTIALS.settings());

  @BeforeAll
  static void work() {
    String protection =
        "\"protection\":{\"contentId\":\"%s\",\"systems\":[\"clearkey\"]}".formatted(CANARY);
    for (String wish :
        new String[] {protection, protection + ",\"output\":{\"uri\":\"file:///\"}"}) {
      JsonNode job =
          TestService.json(
              service.postJson(
                  "/v1/jobs",
                  "{\"input\":%s,%s}".formatted(TestService.input("audio-stereo.mp4"), wish),
                  "Authorization",
                  OWNER));
      service.get("/v1/jobs/" + job.path("id").asText() + "?wait=60", "Authorization", OWNER);
    }
    service.get("/nothing/" + CANARY);
    System.gc();
  }

  private static String text() {
    return service.get("/metrics", "Authorization", OWNER).body();
  }

  private static Map<String, Double> samples() {
    Map<String, Double> samples = new TreeMap<>();
    for (String line : text().lines().toList()) {
      if (!line.startsWith("#")) {
        int blank = line.lastIndexOf(' ');
        samples.put(line.substring(0, blank), Double.valueOf(line.substring(blank + 1)));
      }
    }
    return samples;
  }

  private static Set<String> names() {
    return samples().keySet().stream()
        .map(sample -> sample.replaceFirst("\\{.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> namesIn(String text) {
    Set<String> names = new TreeSet<>();
    Matcher name = NAME.matcher(text);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }

  @Test
  void metrics_areTextOfPrometheus() {
    var response = service.get("/metrics", "Authorization", OWNER);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body()).contains("# TYPE keymux_key_exchange_seconds histogram");
    assertThat(service.get("/metrics", "Authorization", BLIND).statusCode()).isEqualTo(403);
    assertThat(service.get("/metrics").statusCode()).isEqualTo(401);
  }

  @Test
  void dashboard_namesOnlyWhatThereIs() throws IOException {
    JsonNode dashboard =
        Json.read(
            Files.readAllBytes(DOCS.resolve("deploy/grafana-dashboard.json")), JsonNode.class);
    Set<String> asked = new TreeSet<>();
    for (JsonNode expression : dashboard.findValues("expr")) {
      Set<String> found = namesIn(expression.asText());
      assertThat(found).as(expression.asText()).isNotEmpty();
      asked.addAll(found);
    }
    assertThat(names()).containsAll(asked);
    Set<String> ours =
        names().stream()
            .filter(name -> name.startsWith("keymux_"))
            .map(name -> name.replaceFirst("_(bucket|count|sum|max)$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> shown =
        asked.stream()
            .map(name -> name.replaceFirst("_(bucket|count|sum|max)$", ""))
            .collect(Collectors.toSet());
    assertThat(shown).as("the dashboard shows all of ours").containsAll(ours);
  }

  @Test
  void guide_listsAllOfOurs() throws IOException {
    String guide = Files.readString(DOCS.resolve("operations.md"));
    Set<String> listed = new TreeSet<>();
    Matcher row = Pattern.compile("^\\| `(keymux_[a-z_]+)`", Pattern.MULTILINE).matcher(guide);
    while (row.find()) {
      listed.add(row.group(1));
    }
    Set<String> ours =
        names().stream()
            .filter(name -> name.startsWith("keymux_"))
            .map(name -> name.replaceFirst("_(bucket|count|sum|max)$", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(listed).isEqualTo(ours);
  }

  @Test
  void job_isCounted() {
    Map<String, Double> samples = samples();
    assertThat(samples.get("keymux_job_attempt_seconds_count{outcome=\"ok\"}")).isEqualTo(1);
    assertThat(
            samples.get("keymux_key_exchange_seconds_count{outcome=\"ok\",profile=\"embedded\"}"))
        .isEqualTo(1);
    assertThat(samples.get("keymux_packaged_bytes_total")).isGreaterThan(10_000);
    assertThat(samples.get("keymux_jobs{state=\"queued\"}")).isZero();
    assertThat(samples.get("keymux_jobs{state=\"running\"}")).isZero();
    assertThat(samples.get("keymux_queue_oldest_seconds")).isZero();
    assertThat(samples.get("keymux_lease_losses_total{seen=\"by-others\"}")).isZero();
    assertThat(
            samples.get(
                "keymux_http_request_seconds_count{method=\"POST\",route=\"/v1/jobs\",status=\"202\"}"))
        .isEqualTo(1);
    assertThat(
            samples.get(
                "keymux_http_request_seconds_count{method=\"GET\",route=\"none\",status=\"404\"}"))
        .isEqualTo(1);
  }

  @Test
  void labels_haveNothingThatClientsChoose() {
    assertThat(text()).doesNotContain(CANARY).doesNotContain("acme");
  }
}
