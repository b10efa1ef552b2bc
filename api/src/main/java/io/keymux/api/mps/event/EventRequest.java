package io.keymux.api.mps.event;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.keymux.api.config.BucketEventSettings;
import io.keymux.api.secret.SecretText;

/** Makes parameters of ProcessMedia of an event and what is configured for its queue. */
final class EventRequest {
  private static final String ASSET = "{assetId}";

  private EventRequest() {}

  /**
   * @return holds secrets
   */
  static ObjectNode of(BucketEvent event, BucketEventSettings settings) {
    ObjectNode request = settings.processMedia().deepCopy();
    settings
        .processMediaSecrets()
        .forEach(
            (pointer, secret) ->
                set(request, JsonPointer.compile(pointer), SecretText.utf8(secret)));
    fill(request, assetId(event));
    request.put("SessionId", event.sessionId(settings.region() + "/" + settings.queue()));
    ObjectNode input = request.putObject("InputInfo").put("Type", "AWS-S3");
    input
        .putObject("S3InputInfo")
        .put("S3Bucket", event.bucket())
        .put("S3Region", event.region().isEmpty() ? settings.region() : event.region())
        .put("S3Object", "/" + event.key())
        .put("S3SecretId", settings.accessKeyId())
        .put("S3SecretKey", SecretText.utf8(settings.secretAccessKey()));
    return request;
  }

  /** The object's key as a name that key servers take. */
  private static String assetId(BucketEvent event) {
    String name = event.key().replaceFirst("\\.[^./]*$", "").replaceAll("[^A-Za-z0-9_-]", "_");
    return name.substring(Math.max(0, name.length() - 128));
  }

  private static void fill(JsonNode node, String assetId) {
    if (node instanceof ObjectNode object) {
      object
          .properties()
          .forEach(
              field -> {
                if (field.getValue().isTextual()) {
                  field.setValue(
                      TextNode.valueOf(field.getValue().asText().replace(ASSET, assetId)));
                }
              });
    }
    node.forEach(child -> fill(child, assetId));
  }

  private static void set(ObjectNode root, JsonPointer at, String value) {
    JsonNode parent = root.at(at.head());
    if (parent instanceof ObjectNode object) {
      object.put(at.last().getMatchingProperty(), value);
    } else if (parent instanceof ArrayNode array) {
      array.set(at.last().getMatchingIndex(), TextNode.valueOf(value));
    }
  }
}
