package io.keymux.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.config.StorageSettings;
import io.keymux.cpix.KeyId;
import java.io.IOException;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** A key that one node issued is delivered by all, and so after restarts. */
class SharedKeysTest {
  @Test
  void keys_ofAnotherNodesJob_areDelivered() throws IOException {
    try (SharedNodes nodes = new SharedNodes(StorageSettings.NONE)) {
      nodes.start("a");
      JsonNode job = nodes.handOver("a", "b", ",\"protection\":{\"contentId\":\"film\"}");
      assertThat(job.path("state").asText()).as(job.toString()).isEqualTo("succeeded");
      JsonNode report =
          TestService.json(nodes.get("b", "/v1/jobs/" + job.path("id").asText() + "/outputs"))
              .path("report");
      String kid = report.path("tracks").path(0).path("keyId").asText();
      nodes.start("a");

      String raw = nodes.get("b", "/keys/film/" + kid).body();
      assertThat(raw).hasSizeGreaterThan(1);
      for (int again = 0; again < 2; again++) {
        assertThat(nodes.get("a", "/keys/film/" + kid).statusCode()).isEqualTo(200);
        assertThat(nodes.get("a", "/keys/film/" + kid).body()).isEqualTo(raw);
        assertThat(licence(nodes, "a", kid)).isEqualTo(licence(nodes, "b", kid)).contains("\"k\":");
      }
      assertThat(nodes.get("a", "/keys/other/" + kid).statusCode()).isEqualTo(404);
      String unknown = "00000000-0000-0000-0000-000000000001";
      assertThat(nodes.get("a", "/keys/film/" + unknown).statusCode()).isEqualTo(404);
      assertThat(licence(nodes, "a", unknown)).doesNotContain("\"k\":");
    }
  }

  private static String licence(SharedNodes nodes, String node, String kid) {
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(KeyId.parse(kid).toBytes());
    return nodes.send(node, "POST", "/clearkey", "{\"kids\":[\"" + id + "\"]}").body();
  }
}
