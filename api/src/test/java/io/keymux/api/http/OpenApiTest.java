package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Holds the API's description against the routes, and answers against its schemas. */
class OpenApiTest {
  private static final Set<String> METHODS =
      Set.of("get", "post", "put", "delete", "head", "options");

  @RegisterExtension static final TestService service = new TestService();
  private static JsonNode description;

  @BeforeAll
  static void start() throws IOException {
    description = new YAMLMapper().readTree(service.get("/openapi.yaml").body());
  }

  @Test
  void routes_andDescription_areTheSame() {
    Set<String> described = new TreeSet<>();
    description
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (METHODS.contains(method)) {
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                          }
                        }));
    Set<String> routes = new TreeSet<>();
    for (String route : service.server.routes()) {
      routes.add(route.replace("<path>", "{path}").replaceFirst(" /web/.*", " /web/{file}"));
    }
    assertThat(described).isEqualTo(routes);
  }

  @Test
  void answers_ofEachKind_fitTheirSchemas() {
    String spec =
        "{\"input\":%s,\"packaging\":{\"layout\":\"single-file\"}}"
            .formatted(TestService.input("audio-stereo.mp4"));
    JsonNode job = service.run(spec);
    assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
    fits("Job", job);
    fits("JobPage", TestService.json(service.get("/v1/jobs")));
    fits(
        "Outputs",
        TestService.json(service.get("/v1/jobs/" + job.path("id").asText() + "/outputs")));
    fits("Plan", TestService.json(service.postJson("/v1/plan", spec)));
    fits(
        "Probe",
        TestService.json(service.postJson("/v1/probe", TestService.input("video-360p.mp4"))));
    fits("Health", TestService.json(service.get("/healthz")));
    fits("Problem", TestService.json(service.get("/v1/jobs/none")));
    fits("Problem", TestService.json(service.postJson("/v1/jobs", "{\"x\":1}")));
    fits(
        "Licence",
        TestService.json(service.postJson("/clearkey", "{\"kids\":[\"AAAAAAAAAAAAAAAAAAAAAA\"]}")));
  }

  @Test
  void answersAboutWebhooks_fitTheirSchemas() {
    JsonNode added =
        TestService.json(
            service.postJson(
                "/v1/webhooks",
                "{\"url\":\"https://hooks.example/\",\"description\":\"a\",\"enabled\":false}"));
    fits("WebhookWithSecret", added);
    String path = "/v1/webhooks/" + added.path("id").asText();
    fits("WebhookWithSecret", TestService.json(service.postJson(path + "/secret", "")));
    fits("Webhook", TestService.json(service.get(path)));
    fits("WebhookList", TestService.json(service.get("/v1/webhooks")));
    JsonNode test = TestService.json(service.postJson(path + "/test", ""));
    fits("WebhookDelivery", test);
    String delivery = path + "/deliveries/" + test.path("id").asText();
    fits("WebhookDelivery", TestService.json(service.get(delivery)));
    fits("DeliveryPage", TestService.json(service.get(path + "/deliveries?limit=1")));
    fits("Problem", TestService.json(service.postJson(delivery + "/redeliver", "")));
    fits("Problem", TestService.json(service.postJson("/v1/webhooks", "{\"events\":[\"x\"]}")));
  }

  @Test
  void ingestAnswers_fitTheirSchema() {
    DrmToday client = new DrmToday(service, "any");
    String key =
        """
        {"assets":[{"assetId":"a","ingestKeys":[{"streamType":"VIDEO","keyRotationId":"r",
         "keyId":"AAECAwQFBgcICQoLDA0ODw==","key":"%s"}]}],"signaling":{"enc":["cenc","cbcs"]}}""";
    fits(
        "IngestAnswer", TestService.json(client.ingest(key.formatted("EAECAwQFBgcICQoLDA0ODw=="))));
    fits(
        "IngestAnswer", TestService.json(client.ingest(key.formatted("FAECAwQFBgcICQoLDA0ODw=="))));
  }

  @Test
  void schemaCheck_missingAndForeignFields_areSeen() {
    assertThat(
            new SchemaCheck(description)
                .faults(schema("Health"), TestService.json(service.get("/v1/jobs"))))
        .contains("/status is missing", "/items is not in the schema");
  }

  private static void fits(String name, JsonNode answer) {
    assertThat(new SchemaCheck(description).faults(schema(name), answer))
        .as(name + ": " + answer)
        .isEmpty();
  }

  private static JsonNode schema(String name) {
    JsonNode schema = description.path("components").path("schemas").path(name);
    assertThat(schema.isObject()).as("schema " + name).isTrue();
    return schema;
  }
}
