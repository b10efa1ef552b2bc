package io.keymux.api.mps.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.keymux.api.json.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object that came into a bucket.
 *
 * @param key of the object, decoded
 * @param version what makes this object another than an earlier one of the same key
 * @see "Amazon S3, Event message structure"
 */
record BucketEvent(String bucket, String region, String key, String version) {
  private static final String CREATED = "ObjectCreated:";
  private static final int ID_DIGITS = 40;

  /**
   * Those of a message; other events are left out, and a test of S3 has none.
   *
   * @return null if it is no message of S3
   */
  static @Nullable List<BucketEvent> read(String message) {
    JsonNode body;
    try {
      body = Json.mapper().readTree(message);
    } catch (IOException e) {
      return null;
    }
    if (body.path("Event").asText().equals("s3:TestEvent")) {
      return List.of();
    }
    if (!body.path("Records").isArray()) {
      return null;
    }
    List<BucketEvent> events = new ArrayList<>();
    for (JsonNode each : body.path("Records")) {
      JsonNode bucket = each.path("s3").path("bucket").path("name");
      JsonNode object = each.path("s3").path("object");
      if (!bucket.isTextual() || !object.path("key").isTextual()) {
        return null;
      }
      if (each.path("eventName").asText().replaceFirst("^s3:", "").startsWith(CREATED)) {
        String version =
            String.join(
                "|",
                object.path("versionId").asText(),
                object.path("sequencer").asText(),
                object.path("eTag").asText());
        try {
          String key = URLDecoder.decode(object.path("key").asText(), UTF_8);
          events.add(
              new BucketEvent(bucket.asText(), each.path("awsRegion").asText(), key, version));
        } catch (IllegalArgumentException e) {
          return null;
        }
      }
    }
    return events;
  }

  /**
   * The same for every delivery of the same event by a queue, and for no other.
   *
   * @param queue as {@code region/name}: two that hear of an object may each start a task
   */
  String sessionId(String queue) {
    String all = String.join("\n", queue, bucket, key, version);
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(UTF_8));
      return "s3-" + HexFormat.of().formatHex(hash).substring(0, ID_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
