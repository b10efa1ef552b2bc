package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.config.StorageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A key server that one node was told of is known to all. */
class SharedKeyServersTest {
  @RegisterExtension static final TestService keyServer = new TestService();

  private SharedNodes nodes;

  @BeforeEach
  void start() throws IOException {
    nodes = new SharedNodes(StorageSettings.NONE);
    nodes.start("a");
  }

  @AfterEach
  void stop() throws IOException {
    nodes.close();
  }

  private static String account(String host) {
    return "{\"profile\":\"generic\",\"url\":\"http://%s:%d/speke/v2.0/copyProtection?token=hidden\"}"
        .formatted(host, keyServer.uri("").getPort());
  }

  @Test
  void put_onOneNode_jobsOfAnotherUseIt() throws IOException {
    assertThat(nodes.send("a", "PUT", "/v1/key-servers/mine", account("127.0.0.1")).statusCode())
        .isEqualTo(201);

    JsonNode job =
        nodes.handOver("a", "b", ",\"protection\":{\"contentId\":\"film\",\"keyServer\":\"mine\"}");

    assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
    try (Stream<Path> files = Files.walk(nodes.data("a"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("hidden");
      }
    }
  }

  @Test
  void put_andDelete_areSeenByNodesThatHaveItOpen() throws IOException {
    nodes.start("b");
    for (String host : List.of("127.0.0.1", "localhost", "127.0.0.1")) {
      assertThat(nodes.send("a", "PUT", "/v1/key-servers/mine", account(host)).statusCode())
          .isLessThan(300);
      assertThat(host("b")).isEqualTo(host);
      assertThat(host("a")).isEqualTo(host);
    }
    assertThat(nodes.get("b", "/v1/key-servers").body()).contains("\"mine\"");

    assertThat(nodes.send("b", "DELETE", "/v1/key-servers/mine", "").statusCode()).isEqualTo(204);
    assertThat(nodes.get("a", "/v1/key-servers/mine").statusCode()).isEqualTo(404);
    assertThat(nodes.get("a", "/v1/key-servers").body()).doesNotContain("mine");
    assertThat(nodes.send("a", "POST", "/v1/keys:test", "{\"keyServer\":\"mine\"}").body())
        .contains("unknown-key-server");

    nodes.send("a", "PUT", "/v1/key-servers/mine", account("localhost"));
    assertThat(host("b")).as("an account of the name of before").isEqualTo("localhost");
  }

  private String host(String node) {
    return TestService.json(nodes.get(node, "/v1/key-servers/mine"))
        .path("keyServer")
        .path("host")
        .asText();
  }
}
