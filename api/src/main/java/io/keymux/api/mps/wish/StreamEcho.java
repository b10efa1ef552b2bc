package io.keymux.api.mps.wish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Set;

/**
 * What answers show of a task's input: all that is known to be harmless, and of a key server its
 * host.
 */
final class StreamEcho {
  private static final Set<String> SHOWN =
      Set.of(
          "Definition",
          "OutputObjectPath",
          "SubStreamObjectName",
          "SegmentObjectName",
          "DefinitionType");
  private static final Set<String> SPEKE =
      Set.of("ResourceId", "EncryptionMethod", "EncryptionPreset", "KeyAcquireMode");

  private StreamEcho() {}

  static ObjectNode of(ObjectNode task) {
    ObjectNode echo = task.deepCopy();
    echo.retain(SHOWN);
    JsonNode storage = task.path("OutputStorage");
    if (storage instanceof ObjectNode output) {
      ObjectNode shown = output.deepCopy();
      if (shown.path("S3OutputStorage") instanceof ObjectNode s3) {
        s3.retain("S3Bucket", "S3Region");
      }
      shown.retain("Type", "CosOutputStorage", "S3OutputStorage");
      echo.set("OutputStorage", shown);
    }
    JsonNode drm = task.path("DrmInfo");
    if (drm.isObject()) {
      ObjectNode shown = echo.putObject("DrmInfo");
      shown.set("Type", drm.path("Type"));
      if (drm.path("SpekeDrm") instanceof ObjectNode speke) {
        ObjectNode safe = speke.deepCopy();
        safe.retain(SPEKE);
        safe.put("KeyServerUrl", host(speke.path("KeyServerUrl").asText()));
        shown.set("SpekeDrm", safe);
      }
    }
    return echo;
  }

  private static String host(String url) {
    return "https://" + URI.create(url).getHost() + "/…";
  }
}
