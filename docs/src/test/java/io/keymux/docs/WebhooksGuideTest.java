package io.keymux.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.keymux.api.config.ConfigFile;
import io.keymux.api.config.DataDirectory;
import io.keymux.api.config.QueueSettings;
import io.keymux.api.config.ServiceSettings;
import io.keymux.api.config.WebhookSettings;
import io.keymux.api.http.ApiServer;
import io.keymux.api.http.KeymuxService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The blocks of webhooks.md. */
class WebhooksGuideTest {
  private static final Guide GUIDE = Guide.of("webhooks.md");

  private @TempDir Path folder;

  @Test
  void configuration_ofTheGuide_isThatOfTheDefaults() throws IOException {
    Path file = folder.resolve("keymux.yaml");
    Files.writeString(file, GUIDE.block("yaml"));
    assertThat(ConfigFile.read(file).webhookSettings()).isEqualTo(WebhookSettings.DEFAULT);
  }

  @Test
  void commandsAndMessage_ofTheGuide_areAsTheService() throws Exception {
    BlockingQueue<String> got = new LinkedBlockingQueue<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          got.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    Path input = Files.writeString(folder.resolve("in.mp4"), "no film");
    Path config = folder.resolve("keymux.yaml");
    Files.writeString(config, "webhooks: {addresses: public-or-loopback}");
    try (ApiServer server =
        KeymuxService.start(
            new ServiceSettings("127.0.0.1", 0, List.of(folder), QueueSettings.DEFAULT)
                .with(ConfigFile.read(config).webhookSettings()),
            DataDirectory.open(folder.resolve("data")))) {
      String said =
          GUIDE.run(
              folder,
              Map.of(
                  "KEYMUX",
                  server.uri().toString(),
                  "RECEIVER",
                  "http://127.0.0.1:" + receiver.getAddress().getPort() + "/"));
      assertThat(said).contains("\"type\":\"webhook.test\"", "\"count\":0", "\"secret\":\"whsec_");
      assertThat(got.poll(20, TimeUnit.SECONDS)).contains("webhook.test");
      String job =
          "{\"input\":{\"url\":\"%s\"},\"labels\":{\"film\":\"1\"}}".formatted(input.toUri());
      HttpResponse<String> accepted =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(server.uri().resolve("/v1/jobs"))
                      .header("Content-Type", "application/json")
                      .POST(HttpRequest.BodyPublishers.ofString(job))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
      ObjectMapper mapper = new ObjectMapper();
      JsonNode message = mapper.readTree(got.poll(20, TimeUnit.SECONDS));
      JsonNode shown = mapper.readTree(GUIDE.block("json"));
      for (String place : List.of("", "/data", "/data/problem")) {
        assertThat(shown.at(place).fieldNames())
            .toIterable()
            .containsExactlyInAnyOrderElementsOf(() -> message.at(place).fieldNames());
      }
      assertThat(message.at("/data/problem/code")).isEqualTo(shown.at("/data/problem/code"));
    } finally {
      receiver.stop(0);
    }
  }
}
