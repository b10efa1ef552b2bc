package io.keymux.api.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.keymux.api.config.ConfigFile;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.KeyServerSettings;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.ServiceSettings;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Key servers by name, and tests of them. */
class KeyServersApiTest {
  @RegisterExtension static final TestService service = new TestService();

  @RegisterExtension
  static final WireMockExtension FOREIGN =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  @Test
  void put_account_isKeptShownAndForgotten() {
    String account =
        "{\"profile\":\"generic\",\"url\":\"%s/speke/v2.0/copyProtection?token=hidden\"}"
            .formatted(service.uri(""));

    HttpResponse<String> added = put("mine", account);
    assertThat(added.statusCode()).as(added.body()).isEqualTo(201);
    assertThat(put("mine", account).statusCode()).isEqualTo(200);
    JsonNode shown = TestService.json(service.get("/v1/key-servers/mine"));
    assertThat(shown.path("keyServer").path("host").asText()).isEqualTo("127.0.0.1");
    assertThat(shown.path("configured").asBoolean()).isFalse();
    assertThat(service.get("/v1/key-servers").body()).contains("\"mine\"").doesNotContain("hidden");

    JsonNode test = TestService.json(test("{\"keyServer\":\"mine\"}"));
    assertThat(test.path("keys").size()).isEqualTo(1);
    assertThat(test.path("keys").path(0).path("value").asText()).isEqualTo("16 bytes, not shown");
    assertThat(test.path("signaling").size()).isEqualTo(2);
    assertThat(test.path("kids").asText()).isEqualTo("kept");

    assertThat(delete("mine").statusCode()).isEqualTo(204);
    assertThat(service.get("/v1/key-servers/mine").statusCode()).isEqualTo(404);
    assertThat(delete("mine").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x | {\"profile\":\"nobody\"} | unknown-key-server-profile | /profile",
        "x | {\"profile\":\"generic\"} | invalid-key-server-profile | /url",
        "x | {\"profile\":\"generic\",\"url\":\"https://x.example/\",\"urll\":1} | invalid-key-server-profile | /urll",
        "x | [1] | invalid-key-server-profile | ``",
      })
  void put_faultyAccount_isRefusedWithItsPlace(
      String name, String body, String code, String pointer) {
    HttpResponse<String> response = put(name, body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
    JsonNode error = TestService.json(response).path("errors").path(0);
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("pointer").asText()).isEqualTo(pointer);
    assertThat(service.get("/v1/key-servers/" + name).statusCode()).isEqualTo(404);
  }

  /**
   * Whoever may call the API must not read files and variables of the service's machine with it.
   */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"${file:/etc/hostname}", "${env:PATH}", "${secret:unknown}", "plain"})
  void put_secretThatIsNotNamed_isRefused(String reference) {
    HttpResponse<String> response =
        put(
            "thief",
            "{\"profile\":\"generic\",\"url\":\"%s/\",\"auth\":{\"type\":\"bearer\",\"token\":\"%s\"}}"
                .formatted(FOREIGN.baseUrl(), reference));

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(TestService.json(response).path("code").asText()).isEqualTo("unknown-secret");
    assertThat(response.body()).doesNotContain(reference);
    assertThat(FOREIGN.getAllServeEvents()).isEmpty();
  }

  @Test
  void put_nameThatIsNone_isRefused() {
    assertThat(put("embedded", "{}").statusCode()).isEqualTo(400);
    assertThat(put("a.b", "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void test_refusal_isAProblemThatSaysWhetherARetryHelps() {
    FOREIGN.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(403).withBody("no")));
    HttpResponse<String> refused =
        test("{\"keyServer\":\"%s/keys?token=hidden\"}".formatted(FOREIGN.baseUrl()));
    assertThat(refused.statusCode()).isEqualTo(502);
    assertThat(TestService.json(refused).path("code").asText())
        .isEqualTo("key-server-unauthorized");
    assertThat(TestService.json(refused).path("retryable").asBoolean(true)).isFalse();
    assertThat(refused.body()).doesNotContain("hidden");
  }

  @Test
  void test_userInTheUrl_isSentAsBasic() {
    FOREIGN.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(500)));
    String url = FOREIGN.baseUrl().replace("://", "://org%3A%3Aname:hid%2Fden@");

    HttpResponse<String> response = test("{\"keyServer\":\"" + url + "/keys\"}");

    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.body()).doesNotContain("hid");
    assertThat(FOREIGN.getAllServeEvents().get(0).getRequest().getHeader("Authorization"))
        .isEqualTo(
            "Basic " + Base64.getEncoder().encodeToString("org::name:hid/den".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"keyServer\":\"http://10.0.0.1/\"} | 422 | key-server-address-refused",
        "{\"keyServer\":\"http://0x7f.1/\"}   | 422 | invalid-values",
        "{\"keyServer\":\"nobody\"}           | 422 | invalid-values",
        "{\"systems\":[\"nds\"]}              | 422 | invalid-values",
        "{\"systems\":[]}                     | 422 | invalid-values",
        "{\"contentId\":\"a b\"}              | 422 | invalid-values",
        "{\"scheme\":\"x\"}                   | 422 | invalid-values",
        "{\"keys\":\"x\"}                     | 422 | invalid-values",
        "{\"key\":1}                          | 400 | invalid-request",
      })
  void test_faultyWish_isRefused(String body, int status, String code) {
    HttpResponse<String> response = test(body);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode problem = TestService.json(response);
    if (!code.equals("invalid-values")) {
      assertThat(problem.path("code").asText()).isEqualTo(code);
    } else {
      assertThat(problem.path("errors").size()).isEqualTo(1);
    }
  }

  @Test
  void test_embedded_givesKeysOfTheSeed() {
    JsonNode test = TestService.json(test("{\"keys\":\"labels\",\"systems\":[\"fairplay\"]}"));

    assertThat(test.path("keys").size()).isEqualTo(4);
    assertThat(test.path("scheme").asText()).isEqualTo("cbcs");
    assertThat(test.has("server")).isFalse();
  }

  @Test
  void list_accountThatCannotBeOpened_isShownAsSuch() throws Exception {
    Path config = Files.createTempFile("keymux", ".yaml");
    Files.writeString(
        config,
        """
        keyServers:
          broken: {profile: nobody}
          good: {profile: generic, url: "https://keys.example/"}
        """);
    try (ApiServer own =
        KeymuxService.start(
            new ServiceSettings(
                "127.0.0.1",
                0,
                List.of(),
                QueueSettings.DEFAULT,
                KeyServerSettings.DEFAULT,
                ConfigFile.read(config).keyExchange(Map.of())),
            DataDirectory.open(Files.createTempDirectory("keymux").resolve("data")))) {
      JsonNode items =
          TestService.json(
                  service.send(HttpRequest.newBuilder(own.uri().resolve("/v1/key-servers"))))
              .path("items");

      assertThat(items.size()).isEqualTo(2);
      assertThat(items.path(0).path("problem").path("code").asText())
          .isEqualTo("unknown-key-server-profile");
      assertThat(items.path(1).path("keyServer").path("host").asText()).isEqualTo("keys.example");
      assertThat(items.path(1).path("configured").asBoolean()).isTrue();
      HttpResponse<String> put =
          service.send(
              HttpRequest.newBuilder(own.uri().resolve("/v1/key-servers/good"))
                  .header("Content-Type", "application/json")
                  .PUT(BodyPublishers.ofString("{}")));
      assertThat(put.statusCode()).isEqualTo(409);
    }
  }

  private static HttpResponse<String> test(String body) {
    return service.postJson("/v1/keys:test", body);
  }

  private static HttpResponse<String> put(String name, String body) {
    return service.send(
        service
            .request("/v1/key-servers/" + name)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> delete(String name) {
    return service.send(service.request("/v1/key-servers/" + name).DELETE());
  }
}
