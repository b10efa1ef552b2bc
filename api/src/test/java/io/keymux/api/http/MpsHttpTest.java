package io.keymux.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.json.Json;
import io.keymux.api.mps.MpsSamples;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The root of the service: the page, and what clients of Tencent's service call. */
class MpsHttpTest {
  private static final String JSON = "application/json; charset=utf-8";

  private static @TempDir Path folder;
  private static ApiServer server;
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @BeforeAll
  static void start() {
    server =
        KeymuxService.start(
            new ServiceSettings("127.0.0.1", 0, List.of(folder), QueueSettings.DEFAULT)
                .with(MpsSamples.settings("AKID", "SECRETEXAMPLE")),
            DataDirectory.open(folder.resolve("data")));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private static JsonNode call(String action, String version, String type, String body)
      throws IOException, InterruptedException {
    return call(server, Instant.now().getEpochSecond(), action, version, type, body);
  }

  /**
   * @param now when the call is signed, in seconds since 1970
   */
  private static JsonNode call(
      ApiServer server, long now, String action, String version, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri().resolve("/"))
            // A body that is refused unread would race with the end of the connection.
            .expectContinue(body.length() > 64 * 1024)
            .header("Content-Type", type)
            .header("X-TC-Timestamp", Long.toString(now))
            .header(
                "Authorization",
                MpsSamples.tc3(
                    "SECRETEXAMPLE", now, body, type, "127.0.0.1:" + server.uri().getPort()))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!action.isEmpty()) {
      request.header("X-TC-Action", action);
    }
    if (!version.isEmpty()) {
      request.header("X-TC-Version", version);
    }
    HttpResponse<String> answer = send(request.build());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    JsonNode response = Json.mapper().readTree(answer.body()).path("Response");
    assertThat(response.path("RequestId").asText()).isNotEmpty();
    return response;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 2019-06-12 | {} | MissingParameter",
        "DescribeTasks | `` | {} | MissingParameter",
        "DescribeTasks | 2018-05-08 | {} | NoSuchVersion",
        "EditMedia | 2019-06-12 | {} | InvalidAction",
        "describeTasks | 2019-06-12 | {} | InvalidAction",
        "DescribeTasks | 2019-06-12 | {\"Page\":1} | UnknownParameter",
        "DescribeTasks | 2019-06-12 | {\"Limit\":\"1\"} | InvalidParameter",
        "DescribeTasks | 2019-06-12 | {\"Limit\":101} | InvalidParameterValue",
        "DescribeTasks | 2019-06-12 | {\"Status\":\"DONE\"} | InvalidParameterValue",
        "DescribeTasks | 2019-06-12 | {\"StartTime\":\"soon\"} | InvalidParameterValue",
        "DescribeTasks | 2019-06-12 | nonsense | InvalidParameter",
        "DescribeTaskDetail | 2019-06-12 | {} | MissingParameter",
        "ManageTask | 2019-06-12 | {\"TaskId\":\"x\"} | MissingParameter",
        "ParseNotification | 2019-06-12 | {\"Content\":\"{}\"} | InvalidParameterValue.InvalidContent",
        "ParseNotification | 2019-06-12 | {\"Content\":\"x\"} | InvalidParameterValue.InvalidContent",
      })
  void call_thatCannotBeAnswered_hasStatus200AndTencentsCode(
      String action, String version, String body, String code) throws Exception {
    JsonNode response = call(action, version, JSON, body);

    assertThat(response.at("/Error/Code").asText()).isEqualTo(code);
    assertThat(response.at("/Error/Message").asText()).isNotEmpty();
  }

  @Test
  void call_signedAndRight_isAnswered() throws Exception {
    JsonNode response = call("DescribeTasks", "2019-06-12", JSON, "");

    assertThat(response.has("Error")).isFalse();
    assertThat(response.path("TaskSet").isArray()).isTrue();
    assertThat(response.path("ScrollToken").asText()).isEmpty();
  }

  @Test
  void call_otherTypeOrTooLarge_isRefused() throws Exception {
    assertThat(
            call("DescribeTasks", "2019-06-12", "multipart/form-data", "{}")
                .at("/Error/Code")
                .asText())
        .isEqualTo("InvalidRequest");
    assertThat(
            call("DescribeTasks", "2019-06-12", JSON, " ".repeat(RequestBody.LIMIT_BYTES + 1))
                .at("/Error/Code")
                .asText())
        .isEqualTo("RequestSizeLimitExceeded");
  }

  /** Signatures are held against the node's own clock; rows that nodes share have another. */
  @Test
  void template_clockAnHourFast_hasTheDatabasesTime(@TempDir Path other) throws Exception {
    Clock fast = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
    try (ApiServer node =
        KeymuxService.start(
            new ServiceSettings("127.0.0.1", 0, List.of(other), QueueSettings.DEFAULT)
                .with(MpsSamples.settings("AKID", "SECRETEXAMPLE")),
            DataDirectory.open(other.resolve("data")),
            fast)) {
      long signed = fast.instant().getEpochSecond();
      String fresh = "{\"Format\":\"HLS\",\"StreamInfos\":[{}]}";
      String made = "CreateAdaptiveDynamicStreamingTemplate";
      JsonNode definition = call(node, signed, made, "2019-06-12", JSON, fresh).path("Definition");
      assertThat(definition.isMissingNode()).isFalse();

      JsonNode shown =
          call(
              node,
              signed,
              "DescribeAdaptiveDynamicStreamingTemplates",
              "2019-06-12",
              JSON,
              "{\"Definitions\":[" + definition + "]}");

      String created = shown.at("/AdaptiveDynamicStreamingTemplateSet/0/CreateTime").asText();
      assertThat(Instant.parse(created))
          .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    }
  }

  @Test
  void root_withoutAction_isThePage() throws Exception {
    HttpResponse<String> page =
        send(HttpRequest.newBuilder(server.uri().resolve("/?job=1")).build());
    HttpResponse<String> called =
        send(HttpRequest.newBuilder(server.uri().resolve("/?Action=DescribeTasks")).build());

    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(Json.mapper().readTree(called.body()).at("/Response/Error/Code").asText())
        .isEqualTo("AuthFailure.SignatureFailure");
  }

  @Test
  void unsigned_post_isRefused() throws Exception {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(server.uri().resolve("/"))
                .header("Content-Type", "application/json")
                .header("X-TC-Action", "DescribeTasks")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("AuthFailure.InvalidAuthorization");
  }

  @Test
  void serviceWithoutTheSection_saysSo(@TempDir Path other) throws Exception {
    try (ApiServer plain =
        KeymuxService.start(
            new ServiceSettings("127.0.0.1", 0, List.of(other), QueueSettings.DEFAULT),
            DataDirectory.open(other.resolve("data")))) {
      HttpResponse<String> answer =
          send(
              HttpRequest.newBuilder(plain.uri().resolve("/"))
                  .POST(HttpRequest.BodyPublishers.ofString("{}"))
                  .build());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("AuthFailure.UnauthorizedOperation", "not configured");
    }
  }
}
